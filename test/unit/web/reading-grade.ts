export { readingOf, syllablesIn } from '../../../src/settings/index.ts'

/** The words of a page's main part, block by block, as a person meets them. Parts under these classes are left out. */
export function blocksOf(html: string, without: readonly string[] = []): string[] {
  const main = /<main\b[^>]*>([\s\S]*?)<\/main>/.exec(html)?.[1] ?? ''
  const kept = without.reduce(
    (text, name) => text.replaceAll(new RegExp(`<(\\w+)[^>]*class="[^"]*\\b${name}\\b[^"]*"[^>]*>[\\s\\S]*?</\\1>`, 'g'), ' '),
    main,
  )
  return kept
    .replaceAll(
      /<\/?(?:p|li|ul|ol|h\d|label|legend|div|dt|dd|dl|summary|details|button|option|select|form|fieldset|textarea|span|strong|section)\b[^>]*>/g,
      '\n',
    )
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
}
