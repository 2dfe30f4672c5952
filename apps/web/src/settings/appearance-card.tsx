import { Field } from "../design/field.tsx";
import { chooseTheme, theme, themes } from "../device/theme.ts";
import { chooseLanguage, chosenLanguage, type Language, languages, t } from "../texts/texts.ts";

const isLanguage = (value: string): value is Language => Object.hasOwn(languages, value);

/** Colours and language, on this device. */
export const AppearanceCard = () => {
  const texts = t().settings;
  const names = { system: texts.themeSystem, light: texts.themeLight, dark: texts.themeDark };
  return (
    <section class="card" aria-labelledby="appearance">
      <h2 id="appearance">{texts.appearance}</h2>
      <Field label={texts.theme}>
        {(control) => (
          <select
            {...control}
            class="input"
            value={theme.value}
            onChange={({ currentTarget: { value } }) => chooseTheme(themes.find((one) => one === value) ?? "system")}
          >
            {themes.map((one) => (
              <option key={one} value={one}>
                {names[one]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={texts.languageLabel}>
        {(control) => (
          <select
            {...control}
            class="input"
            value={chosenLanguage.value ?? ""}
            onChange={({ currentTarget: { value } }) => chooseLanguage(isLanguage(value) ? value : null)}
          >
            <option value="">{texts.languageSystem}</option>
            {Object.entries(languages).map(([tag, name]) => (
              <option key={tag} value={tag} lang={tag}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
    </section>
  );
};
