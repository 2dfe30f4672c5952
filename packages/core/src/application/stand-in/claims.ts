import { folded } from "../look-alike.ts";

/*
 * Ways to pass for the owner, or for a person (R14), in English, German, French, Spanish, Italian, Portuguese, Dutch and Swedish. Written as `spoken` leaves a
 * text: lower case, no accents, no mark-up, and one sign for the owner's name, so that one pattern serves all owners. A wrong alarm costs an answer by the
 * template; a miss costs trust. Each repetition has a bound or cannot match what follows it, so that no text takes long.
 */

/** A text as it would be read aloud, line by line. */
const spoken = (text: string): string =>
  folded(text)
    .replace(/[-‐-―−~]+/gu, "-")
    // Mark-up and quotation marks; an apostrophe within a word stays.
    .replace(/[*_"“”«»„#>|\\]+|(?<![\p{L}\p{N}])'+|'+(?![\p{L}\p{N} ])/gu, "")
    .replace(/[^\S\n]+/gu, " ")
    .replace(/ ?\n ?/gu, "\n")
    // "B o b", "B.o.b"
    .replace(/(?<!\w)(?:[a-z][ .·-]){2,}[a-z](?!\w)/gu, (spelt) => spelt.replace(/[ .·-]/gu, ""))
    .trim();

/** What comes before a name, in the middle of a sentence too. */
const introductions = [
  "i am|i'm|im|this is|it's|it is|(?:it's|it is) (?:really |just |only )?(?:me|i)|here's|here is|my name is|my name's|call me|(?:speaking|writing|answering|replying|talking) as",
  "this (?:message |text |reply |answer )?(?:was|is|has been) (?:personally )?(?:written|typed|sent|posted) (?:personally )?by",
  "(?:you are|you're) (?:now )?(?:talking|speaking|chatting|writing) (?:to|with)|(?:you have|you've|you) reached",
  "ich bin(?: es|'s)?|ich bins|hier (?:ist|spricht|schreibt)|mein name ist|ich hei(?:ß|ss)e|(?:du sprichst|sie sprechen) mit",
  "je suis|c'est(?: moi)?|moi,? c'est|je m'appelle|mon nom est|(?:tu parles|vous parlez) (?:a|avec)",
  "soy(?: yo)?|me llamo|mi nombre es|(?:te |le |aqui )?habla|(?:hablas|habla) con",
  "sono(?: io)?|mi chiamo|il mio nome e|(?:qui )?parla|(?:stai|sta) parlando con",
  "sou(?: eu)?|me chamo|chamo-me|(?:o )?meu nome e|aqui e|(?:aqui )?fala|(?:voce|tu) (?:esta|estas) (?:falando|a falar) com",
  "ik ben(?: het)?|dit is|mijn naam is|ik heet|je spreekt met|u spreekt met",
  "jag ar|det ar(?: jag)?|har ar|mitt namn ar|jag heter|du (?:pratar|talar) med",
].join("|");

/** Answers of somebody who was asked whether it is them: a sentence of its own. */
const itIsMe =
  "(?:(?:it's|it is) (?:really |just |only )?me|ich bin(?: es|'s)|c'est (?:bien )?moi|soy yo|sono io|sou eu|ik ben het|det ar jag) ?(?=[.!?\\n]|$)";

/** Between an introduction and the name. */
const gap =
  "[ ,:.(\\n-]{1,3}(?:(?:the|der|die|le|la|el|il|o|a|de|really|actually|indeed|still|just|real|wirklich|echte?|your (?:old )?(?:friend|buddy)|one and only|none other than) ){0,2}";

const written = "(?:written|typed|sent|posted) by ";

const pronouns = "(?:i|ich|je|moi|yo|io|eu|ik|jag)";

const clauseStart = "(?:^|[.!?,;:()\\n-]) ?(?:(?:hi|hey|hello|hallo|hola|ciao|salut|bonjour|ola|oi|hoi|hej|yes|yo) )?";
const clauseEnd = " ?(?=$|[.!?,;:()\\n-])";
const before = "(?:hier|ici|aqui|qui|met|moi|yo|eu|io)[ ,]{1,2}(?:o |a |el |la )?";
const behind =
  "[ ,]{1,2}(?:here|again|out|himself|herself|personally|in person|at your service|speaking|writing|typing|on the line|hier|am apparat|ici|a l'appareil|aqui|al habla|qui|al telefono|falando|har)";

const closings = [
  "best(?: regards| wishes)?|(?:kind|warm) regards|regards|cheers|sincerely|yours(?: truly| sincerely)?|love|xoxo|xx|take care|thanks|thank you|see you(?: soon| then| later)?|bye|talk (?:soon|later)",
  "gr(?:u|ue)(?:ß|ss)e?|lg|vg|mfg|bis (?:bald|dann|spater)|deine?|eure?|ihre?",
  "cordialement|bises|bisous|amities|amicalement|a bientot|a plus",
  "saludos|(?:un )?abrazo|abrazos|atentamente|hasta (?:luego|pronto)|besos",
  "(?:cordiali )?saluti|(?:un )?abbraccio|a presto",
  "abracos?|atenciosamente|beijos|ate (?:logo|breve|ja)|cumprimentos",
  "(?:met vriendelijke |vriendelijke )?groet(?:en|jes)?|mvg|tot (?:snel|later|straks)",
  "(?:vanliga )?halsningar|mvh|vi ses|kram",
].join("|");

/** Words with which a name may begin, and which are not what its bearer is called. */
const notNames: ReadonlySet<string> = new Set(
  "a able afraid ai an and assistant at away back bot busy dr frau glad happy here herr in just mr mrs ms my not on only out prof so sorry sure that the there to very your".split(
    " ",
  ),
);

/** The ways in which somebody with this name may be called: by the whole name, or by its first or last part, or as "B. Miller". */
const calledBy = (username: string): readonly string[] => {
  const words = folded(username)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1 && !notNames.has(word));
  const [first, last] = [words[0], words.at(-1)];
  const parts = words.length > 1 && first !== undefined && last !== undefined ? [first, last] : [];
  const initials = parts.length > 0 ? [`${parts[0]?.charAt(0)}. ${last}`, `${parts[0]?.charAt(0)} ${last}`] : [];
  const whole = spoken(username).replaceAll("\n", " ");
  return [whole, ...initials, ...parts].filter((name) => /[\p{L}\p{N}\p{S}]/u.test(name));
};

/** Stands for the owner's name; of the characters that mean nothing. */
const sign = "\uE000";

/** The text with the sign for each name that is a word of its own. A possessive after an s ("James' assistant") becomes one like the others. */
const withSigns = (text: string, name: string): string => {
  const isWord = (character: string): boolean => /[\p{L}\p{N}]/u.test(character);
  const endsInS = /[sxzß]$/u.test(name);
  let [result, at] = ["", 0];
  for (let found = text.indexOf(name); found >= 0; found = text.indexOf(name, found + name.length)) {
    const end = found + name.length;
    if (isWord(text.charAt(found - 1)) || isWord(text.charAt(end))) continue;
    const isPossessive = endsInS && /^' \p{L}/u.test(text.slice(end, end + 4));
    result += `${text.slice(at, found)}${sign}${isPossessive ? "'s" : ""}`;
    at = isPossessive ? end + 1 : end;
  }
  return result + text.slice(at);
};

const assistant = "(?:ai |virtual |personal |automated |digital )?(?:assistant|assistent|stand-?in|bot)";

/** The name of the owner, and not of what is the owner's: no "Bob's assistant", "Bob assistant", "Bob Millers Assistent". */
const name = `${sign}(?!'s(?!\\w)|[ -]${assistant}|(?: [^\\s',.;:!?]{1,50}){0,2}(?:'s?|s) ${assistant})`;

/** Nothing more in this line. */
const alone = `${name}(?: x{1,4})?[^\\p{L}\\p{N}\\n]*(?=$|\\n)`;

const ownerClaims = new RegExp(
  [
    `(?<!\\w)(?:${introductions})${gap}${name}`,
    `(?<!\\w)${pronouns} ?[,(-] ?${name}`,
    `${clauseStart}(?:${itIsMe}|${before}${name}${clauseEnd}|${name}${behind}${clauseEnd}|${written}${name}${clauseEnd})`,
    // The beginning of a line, as in a transcript.
    `(?:^|[\\n:]) ?(?:\\[?\\d[\\d:., -]{3,20}\\]? ?)?[-[(]{0,2}${name}[\\])]? ?:|(?:^|\\n)(?:from|signed|sender|author|von|de|da|van|fran) ?: ?${name}`,
    // A signature: a line of its own, or behind a dash or a closing formula.
    `\\n[^\\p{L}\\p{N}\\n]*${alone}|(?:^|[.!?)\\p{S}]) ?- ?${alone}|(?:^| )-${alone}`,
    `(?<!\\w)(?:${closings})[ ,.!\\n-]{1,4}(?:from |von |de |da |do |van |fran )?${alone}`,
  ].join("|"),
  "u",
);

/** Does the text claim to be by the person of this name? */
export const claimsToBe = (username: string, text: string): boolean =>
  ownerClaims.test(calledBy(username).reduce(withSigns, spoken(text).replaceAll(sign, "")));

const machine =
  "(?:ai|a\\.i\\.|bot|robot|chatbot|chat bot|machine|computer|program|software|automat[a-z]*|assistant|assistent|artificial|llm|language model)";

/** Up to so many words between, such as "definitely". */
const words = "(?: [a-z]+){0,2}";

const humanClaims = new RegExp(
  [
    `(?:i am|i'm|im|we are|we're)${words} (?:not|no|neither|anything but)(?: an?| the| your| some kind of| some)?(?: real| mere| simple)? ${machine}`,
    `(?:this|it) (?:is|isn't|is not|was not|wasn't)(?: not)?(?<=n't|not) (?:an?|one of (?:those|these|the)|some) (?:ai|bot|robot|chatbot|machine|automat[a-z]*)|no (?:ai|bot|robot)s? (?:here|involved)`,
    "(?:i|i'm|i am) (?:writ|typ|wrot)[a-z]{1,4} (?:all )?(?:this|that|it)[a-z ]{0,20} myself|(?:i am|i'm) (?:made )?(?:of )?flesh and blood|as a (?:real )?(?:human|person),? i(?!\\w)",
    "(?:i am|i'm|im)(?: (?:really|actually|definitely|certainly|indeed|truly|just|also|in fact|only|as|the))?(?: an?)? (?:(?:real|actual|living|genuine|true|breathing|normal|flesh and blood|flesh-and-blood|100%)[ ,]*(?:and )?){0,3}(?:human|person|man|woman|human being)(?![\\w'-])",
    "(?:you are|you're)(?: now| actually| currently)? (?:talking|speaking|chatting|writing) (?:to|with) an? (?:(?:real|actual|living) )?(?:human|person|man|woman)(?![\\w'-])",
    `ich bin${words} (?:keine?|nicht (?:die|der|das|eine?)) (?:ki|${machine}|roboter|maschine|programm|automat)`,
    "ich bin(?: (?:wirklich|tatsachlich|echt|auch|nur|doch|ja|sehr wohl))? (?:(?:ein|eine) )?(?:(?:echte[rs]?|richtige[rs]?|reale[rs]?|lebendige[rs]?|wirkliche[rs]?) )?(?:mensch|person(?= aus fleisch)|(?<=e )person)(?!\\w)",
    `je(?: ne)? suis pas (?:une? |l'|le |la )?(?:ia|${machine}|programme|ordinateur|automate)`,
    "je suis (?:bien |vraiment )?(?:une? )?(?:(?:vraie?|veritable|etre) )?(?:humaine?|personne (?:reelle|humaine)|(?<=vraie )personne)(?!\\w)",
    `no soy (?:una? |el |la )?(?:ia|${machine}|maquina|asistente|programa|ordenador)`,
    "(?<!no )soy (?:realmente )?(?:una? )?(?:humano|humana|ser humano|persona)(?!\\w)",
    `non sono (?:una? |un'|il |la )?(?:ia|${machine}|macchina|assistente|programma|intelligenza)`,
    "(?<!non )sono (?:davvero )?(?:una? )?(?:(?:vero|vera) )?(?:umano|umana|essere umano|persona)(?!\\w)",
    `nao sou (?:uma? |o |a )?(?:ia|${machine}|robo|maquina|assistente|programa)`,
    "(?<!nao )sou (?:mesmo )?(?:uma? )?(?:humano|humana|ser humano|pessoa)(?!\\w)",
    `ik ben (?:geen|niet (?:de|een)) (?:${machine}|programma)`,
    "ik ben (?:een )?(?:echte? )?(?:mens|persoon)(?!\\w)",
    `jag ar (?:inte|ingen) (?:en |ett )?(?:${machine}|maskin|dator|program)`,
    "jag ar (?:en )?(?:(?:riktig|verklig|akta) )?(?:manniska|person)(?!\\w)",
  ]
    .map((claim) => `(?<!\\w)(?:${claim})`)
    .join("|"),
  "u",
);

/** Does the text claim that no machine wrote it? */
export const claimsToBeHuman = (text: string): boolean => humanClaims.test(spoken(text));
