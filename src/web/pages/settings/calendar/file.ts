import { readInput } from '../../../../http/index.ts'
import { invalid, londonDate, Refusal } from '../../../../kernel/index.ts'
import { calendarFile, calendarFileInput, type CalendarImport } from '../../../../settings/index.ts'
import { plural, shortDateInWords } from '../../../layout/index.ts'
import { dateTyped, type Typed } from '../../../staff/typed.ts'
import { dateStart } from '../dates.ts'
import type { FormPage } from '../form-page.ts'
import type { SettingsWords } from '../words.en.ts'

interface State {
  readonly seen: string
  readonly today: string
}

/** The file of GOV.UK: chosen, shown for what it would do, then taken in. What was read of it goes along in the form, not the file itself. */
export const calendarFilePage: FormPage<typeof calendarFileInput, State> = {
  path: '/settings/calendar/file',
  back: '/settings/calendar',
  template: 'settings/calendar/file.njk',
  title: ({ calendar }) => calendar.fileTitle,
  load: async ({ settings, ctx }) => ({ seen: (await settings.viewCalendar(ctx)).seen, today: londonDate(ctx.now) }),
  seen: ({ seen }) => seen,
  schema: calendarFileInput,
  start: ({ today }) => ({ file: '', kept: '', ...dateStart('fetchedOn', today) }),
  body: (typed) => ({ file: fileIn(typed), fetchedOn: dateTyped(typed, 'fetchedOn') }),
  perform: ({ settings, ctx }, input) => settings.importCalendar(ctx, parsed(input)),
  view: (_state, typed) => ({ kept: fileIn(typed) }),
  fields: { '/file': 'file', '/fetchedOn': 'fetchedOn-day' },
  preview: async ({ settings, ctx, words }, typed) => {
    if (fileIn(typed) === '') throw invalid('/file', 'required', 'Choose the file.')
    const input = readInput(calendarFile, { file: fileIn(typed), fetchedOn: dateTyped(typed, 'fetchedOn') })
    const preview = await settings.previewImport(ctx, parsed(input))
    return { moved: preview.moved, notes: importInWords(preview.import, words) }
  },
  takesFile: true,
  done: 'imported',
  to: '/settings/calendar',
}

/** The part that is read, on one line: what a browser sends back then is what it was given. Text that is no JSON stays as it is. */
function fileIn(typed: Typed): string {
  const text = typed.one('file').trim() === '' ? typed.one('kept') : typed.one('file')
  const file = asJson(text)
  if (typeof file !== 'object' || file === null || !Object.hasOwn(file, 'england-and-wales')) return text.trim()
  return JSON.stringify({ 'england-and-wales': (file as Record<string, unknown>)['england-and-wales'] })
}

/** Undefined where it is no JSON. */
function asJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Refusal `invalid_input` `not_json`. */
function parsed<Input extends { readonly file: unknown }>(input: Input): Input & { readonly file: unknown } {
  const file = asJson(String(input.file))
  if (file === undefined) throw new Refusal('invalid_input', { faults: [notJson] })
  return { ...input, file }
}

const notJson = { pointer: '/file', code: 'not_json', detail: 'This is not the file of GOV.UK: it can not be read.' }

function importInWords({ added, confirmed, left, doubtful, past }: CalendarImport, { calendar }: SettingsWords): readonly string[] {
  const days = (rows: readonly { readonly date: string; readonly title: string }[]) =>
    rows.map(({ date, title }) => `${title}, ${shortDateInWords(date)}`).join('; ')
  const list = (words: Parameters<typeof plural>[2], count: number, text: string) =>
    count === 0 ? [] : [`${plural('en', count, words)} ${text}.`]
  return [
    ...(added.length + confirmed.length === 0 ? [calendar.nothingNew] : []),
    ...list(calendar.added, added.length, days(added)),
    ...list(calendar.confirmed, confirmed.length, days(confirmed)),
    ...(left === 0 ? [] : [plural('en', left, calendar.left)]),
    ...list(calendar.doubtful, doubtful.length, days(doubtful)),
    ...list(calendar.past, past.length, past.map((date) => shortDateInWords(date)).join('; ')),
  ]
}
