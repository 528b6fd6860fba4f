import { plural } from '../../../layout/index.ts'

/** "1 hour 5 minutes": how long something took, as people say it. */
export function minutesInWords(minutes: number, language: string): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  const parts = [
    ...(hours > 0 ? [plural(language, hours, { one: '{n} hour', other: '{n} hours' })] : []),
    ...(rest > 0 || hours === 0 ? [plural(language, rest, { one: '{n} minute', other: '{n} minutes' })] : []),
  ]
  return parts.join(' ')
}
