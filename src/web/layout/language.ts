/** Languages the product can be shown in. English is complete; another is added here and as `words.<language>.ts` beside each English one. */
const languages = ['en'] as const
export type Language = (typeof languages)[number]

const rightToLeft: ReadonlySet<string> = new Set(['ar', 'fa', 'he', 'ps', 'ur'])

export const directionOf = (language: string): 'ltr' | 'rtl' => (rightToLeft.has(language) ? 'rtl' : 'ltr')

/** A translation has every word of the English one, of the same kind: a missing key does not compile. */
export type SameWords<Words> = Words extends string
  ? string
  : Words extends (...args: infer Args) => string
    ? (...args: Args) => string
    : { readonly [Key in keyof Words]: SameWords<Words[Key]> }

export type WordSet<Words> = { readonly en: Words } & { readonly [Other in Exclude<Language, 'en'>]: SameWords<Words> }

/** The words of a page, by language: `const wordsIn = pageWords({ en: english })`. A language nobody knows is shown in English. */
export function pageWords<Words extends object>(sets: WordSet<Words>): (language: string) => Words {
  const byLanguage = new Map<string, Words>(Object.entries(sets))
  return (language) => byLanguage.get(language) ?? sets.en
}

export type PluralForms = { readonly other: string } & { readonly [Form in Exclude<Intl.LDMLPluralRule, 'other'>]?: string }

/** The form a language uses for this many, with `{n}` replaced: `plural('en', 2, { one: '1 message', other: '{n} messages' })`. */
export function plural(language: string, count: number, forms: PluralForms): string {
  const form = forms[new Intl.PluralRules(language).select(count)] ?? forms.other
  return form.replaceAll('{n}', count.toLocaleString(language === 'en' ? 'en-GB' : language))
}
