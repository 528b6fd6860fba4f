/** What in a text may show who wrote it. A warning to the writer, never a reason to refuse: they may have meant it. */
export const unmaskingKinds = [
  'email',
  'phone',
  'nhs_number',
  'staff_number',
  'own_name',
  'only_one',
  'grade',
  'ward',
  'shift',
  'postcode',
  'date_of_birth',
] as const
export type UnmaskingKind = (typeof unmaskingKinds)[number]

export interface Unmasking {
  readonly kind: UnmaskingKind
  /** The words of the writer it was seen in, at most 80 characters. */
  readonly excerpt: string
}

// Every pattern is bounded: a text of 20,000 hostile characters takes no longer than a friendly one.
const email = /[\p{L}\d._%+-]{1,64}@[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){1,8}/gu
const digitRun = /(?<![\d+])\+?\(?\d(?:[\d ()-]{5,20})\d(?!\d)/g
const numbered =
  /\b(?:staff|employee|payroll|assignment|ESR|smart ?card|badge|bleep|PIN|NMC|GMC|HCPC|GPhC|GDC)(?: (?:no\.?|number|id|pin))?(?: is)?[ :#-]{1,3}(?:no\.? )?[A-Z]{0,3}\d[\dA-Z-]{2,11}\b/gi
// The shapes of a nursing PIN (two digits, a letter, four digits, a letter) and of an Electronic Staff Record assignment.
const nursingPin = /\b\d{2}[A-L]\d{4}[A-Z]\b/g
const assignment = /(?<![\d.,£+-])\d{8}(?:-\d{1,2})?(?![\d.,]?\d)/g
const ownName =
  /\b(?:my (?:full |first |last |sur)?name(?: is|[’']s|:)|I am called|I[’']m called|people call me)[ \t]{0,3}[\p{L}’'-]{1,30}(?: [\p{L}’'-]{1,30})?/giu
// Where a letter ends: a name alone on the line under the greeting, or beside it.
const signature =
  /^[ \t]{0,3}(?:(?:(?:[Kk]ind|[Bb]est|[Ww]arm|[Mm]any) )?(?:[Rr]egards|[Ww]ishes|[Tt]hanks)|[Yy]ours(?: \w{1,12})?|[Ss]igned)[,:]?\s{1,4}\p{Lu}[\p{L}’'-]{1,30}(?: \p{Lu}[\p{L}’'-]{1,30})?[ \t]{0,3}$/gmu
const onlyOne =
  /\b(?:I(?: am|[’']m| was) the (?:only|sole)|I(?: am|[’']m| was) the one (?:who|that)|(?:no ?body|no ?one) (?:else )?but me|just me and)(?: [\p{L}\d’'-]{1,30}){0,5}/giu
// A pay band of one person ("a band 5 nurse"), not of several ("the band 5s") nor, as far as the words tell, of somebody else ("the band 7").
const payBand =
  /\b(?:an?|my|I(?: am|[’']m| was)(?: an?| the)?)(?: [\p{L}-]{1,20}){0,2} (?:band|grade)[ -]?[2-9][a-d]?\b(?![.:]\d| ?(?:mm|cm|m|per)\b| ?%)(?: [\p{L}-]{1,20}){0,2}/giu
// A grade of doctors or a post that few hold, said of oneself.
const ownGrade =
  /\bI(?: am|[’']m| was| work as) (?:an?|the|one of the)(?: [\p{L}-]{1,20})? (?:FY?[12]|[CS]T[1-8]|IMT[1-4]|GPST[1-4]|SHO|SpR|(?:foundation|specialty|core|locum) (?:doctor|trainee)|registrar|consultant|matron|(?:ward|charge|senior|deputy) (?:manager|nurse|sister))s?\b/giu
const shortWord = /(?! (?:hours?|hrs?|minutes?|mins?|days?|nights?|weeks?|months?|years?|times?)\b|[.:]\d| ?%)/.source
const numberedWard = new RegExp(
  String.raw`\b(?:[Ww]ard|[Tt]heatre|WARD|THEATRE) (?:(?:[A-Z]{1,2}-?)?\d{1,3}[A-Za-z]?|[A-HJ-Z])\b${shortWord}`,
  'gu',
)
const namedWard =
  /\b(?:[Oo]n|[Aa]t|[Ff]rom|[Ii]n) (?:the )?(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May |June|July|August|September|October|November|December)\p{Lu}[\p{L}’'-]{2,20} [Ww]ard\b(?! rounds?\b)/gu
// A shift on a day that a rota names, or the writer's own way of working. Shifts in general ("on every night shift") are everybody's.
const weekday = '(?:mon|tues|wednes|thurs|fri|satur|sun)day'
const month = '(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}'
const onDay = String.raw`,? (?:of )?(?:on )?(?:the )?(?:night of )?(?:(?:last |this )?${weekday}|last (?:night|week|weekend)|yesterday|tonight|this (?:morning|week|weekend)|\d{1,2}(?:st|nd|rd|th)?(?: of)? ${month}|\d{1,2}[/.]\d{1,2})\b`
const turn =
  '(?:nights?|days?|long days?|lates?|earl(?:y|ies)|twilights?|(?:night|day|late|early|twilight)[ -]shift|shift|duty|call|nights? duty)'
const shifts = [
  new RegExp(String.raw`\b(?:on|my|did|doing|worked|working)(?: the| a)? ${turn}${onDay}`, 'giu'),
  new RegExp(String.raw`\b(?:night|day|late|early|twilight)[ -]shift${onDay}`, 'giu'),
  new RegExp(String.raw`\b(?:(?:last )?${weekday}(?:[’']s)?|last night[’']s) (?:(?:night|day|late|early|twilight)[ -])?shift\b`, 'giu'),
  /\bI(?: am|[’']m| was|[’']ve been| work| worked)(?: on| only| permanent| regular){0,2} (?:nights|lates|earlies|twilights|long days|night shifts?|call|duty|shift)\b/giu,
]
const postcode =
  /\b(?:GIR ?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d|[A-HK-Y]\d\d|\d[A-HJKPS-UW]|[A-HK-Y]\d[ABEHMNPRV-Y]) ?\d[ABD-HJLNP-UW-Z]{2})\b/g
const birth =
  /\b(?:date of birth|d\.?o\.?b\b\.?|born (?:on|in)|my birthday)(?: is|:)?[ \t]{0,3}(?:the )?[\p{L}\d]{1,9}(?:[ /.,-]{1,2}[\p{L}\d]{1,9}){0,3}/giu

/**
 * Things in `text` that may show who wrote it, in the order they stand there, each wording once. It sees shapes, not meaning: it knows
 * nothing of who is meant, so a manager's telephone number is listed like the writer's own.
 */
export function thingsThatMayShowWhoYouAre(text: string): readonly Unmasking[] {
  const found = [
    ...seen('email', text, email),
    ...[...text.matchAll(digitRun)].flatMap(({ 0: run, index }) => numberKind(run).map((kind) => at(kind, run, index))),
    ...seen('staff_number', text, numbered),
    ...seen('staff_number', text, nursingPin),
    ...seen('staff_number', text, assignment),
    ...seen('own_name', text, ownName),
    ...seen('own_name', text, signature),
    ...seen('only_one', text, onlyOne),
    ...seen('grade', text, payBand),
    ...seen('grade', text, ownGrade),
    ...seen('ward', text, numberedWard),
    ...seen('ward', text, namedWard),
    ...shifts.flatMap((shift) => seen('shift', text, shift)),
    ...seen('postcode', text, postcode),
    ...seen('date_of_birth', text, birth),
  ].toSorted((a, b) => a.index - b.index)
  return withoutRepeats(found).map(({ kind, excerpt }) => ({ kind, excerpt }))
}

type Seen = Unmasking & { readonly index: number }

const at = (kind: UnmaskingKind, words: string, index: number): Seen => ({ kind, excerpt: words.trim().slice(0, 80), index })

function seen(kind: UnmaskingKind, text: string, pattern: RegExp): Seen[] {
  return [...text.matchAll(pattern)].map(({ 0: words, index }) => at(kind, words, index))
}

/** A run of digits as the number it may be: an NHS number carries a check digit, a telephone number in the United Kingdom a 0 or +44. */
function numberKind(run: string): UnmaskingKind[] {
  const digits = run.replaceAll(/\D/g, '')
  if (digits.length === 10 && /^\d{3}[ -]?\d{3}[ -]?\d{4}$/.test(run) && checksAsNhsNumber(digits)) return ['nhs_number']
  if (/^\+?\(?(?:44|0044)/.test(run) && digits.length >= 11 && digits.length <= 15) return ['phone']
  return /^\(?0[1-9]/.test(run) && (digits.length === 10 || digits.length === 11) ? ['phone'] : []
}

/** Modulus 11 over the first nine digits, weights 10 down to 2 (NHS Data Dictionary, "NHS NUMBER"); a remainder that asks for 10 is never issued. */
function checksAsNhsNumber(digits: string): boolean {
  const values = [...digits].map(Number)
  const sum = values.slice(0, 9).reduce((total, value, place) => total + value * (10 - place), 0)
  return (11 - (sum % 11)) % 11 === values[9]
}

function withoutRepeats(found: readonly Seen[]): readonly Seen[] {
  return [...new Map(found.toReversed().map((one) => [`${one.kind} ${one.excerpt.toLowerCase()}`, one])).values()].toReversed()
}
