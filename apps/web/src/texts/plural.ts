const rules = new Map<string, { readonly plural: Intl.PluralRules; readonly number: Intl.NumberFormat }>();

const rulesOf = (language: string) => {
  let found = rules.get(language);
  if (found === undefined) {
    found = { plural: new Intl.PluralRules(language), number: new Intl.NumberFormat(language) };
    rules.set(language, found);
  }
  return found;
};

/** The sentences for each plural category that a language has; `#` stands for the number. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

/**
 * The form that fits the number, with the number in it.
 *
 * @example
 * plural("en", 2, { one: "# message", other: "# messages" }); // "2 messages"
 */
export const plural = (language: string, count: number, forms: Forms): string => {
  const { plural: category, number } = rulesOf(language);
  return (forms[category.select(count)] ?? forms.other).replaceAll("#", number.format(count));
};
