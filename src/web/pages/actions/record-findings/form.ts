import { labels } from '../../../../workflow/index.ts'
import type { Typed } from '../../../staff/typed.ts'
import type { ActionForm } from '../action-form.ts'
import {
  actionAt,
  fieldOf,
  filledRows,
  findingAt,
  lists,
  numbers,
  rowCount,
  rowNames,
  withRowAdded,
  withRowRemoved,
  type List,
} from './rows.ts'
import { words } from './words.en.ts'

/** Fields outside the lists. */
const others = ['expectedVersion', 'seen', 'learning'] as const

export const recordFindingsForm: ActionForm<'record_findings'> = {
  action: 'record_findings',
  template: 'actions/record-findings/record-findings.njk',
  words: { ...words, errors: { ...words.errors, ...rowErrors() } },
  names: (typed) => [...rowNames(typed), 'learning'],
  read: (typed) => ({
    findings: judgedFindings(typed).map((row) => findingAt(typed, row)),
    actions: filledRows(typed, 'actions').map((row) => actionAt(typed, row)),
    learning: typed.one('learning'),
  }),
  fields: controlsOf,
  view: (typed) => ({
    values: { learning: typed.one('learning') },
    counts: { findings: rowCount(typed, 'findings'), actions: rowCount(typed, 'actions') },
    findings: numbers(rowCount(typed, 'findings')).map((row) => findingView(typed, row)),
    actions: numbers(rowCount(typed, 'actions')).map((row) => actionView(typed, row)),
  }),
  reshape,
  texts: (typed) => [
    ...filledRows(typed, 'findings').map((row) => ({ key: words.findings.one(row + 1), text: findingAt(typed, row).allegation })),
    ...filledRows(typed, 'actions').map((row) => ({ key: words.actions.one(row + 1), text: actionAt(typed, row).description })),
    ...(typed.one('learning') === '' ? [] : [{ key: words.learning.label, text: typed.one('learning') }]),
  ],
}

/** "Add another" puts the cursor into the new row, which is how somebody who sees nothing finds it. */
function reshape(typed: Typed): Typed | null {
  const list = listNamed(typed.one('add'))
  if (list !== null) return withRowAdded(typed, list, others)
  const [, name, row] = /^(findings|actions)-(\d{1,2})$/.exec(typed.one('remove')) ?? []
  const from = listNamed(name ?? '')
  return from === null ? null : withRowRemoved(typed, from, Number(row), others)
}

/** Where nothing at all was found the first row is judged, so that it is told with the rest and not at a second attempt. */
function judgedFindings(typed: Typed): readonly number[] {
  const filled = filledRows(typed, 'findings')
  return filled.length === 0 ? [0] : filled
}

const listNamed = (name: string): List | null => (Object.hasOwn(lists, name) ? (name as List) : null)

/** The schema counts filled rows only; the page has to point at the row as it stands. */
function controlsOf(typed: Typed): Readonly<Record<string, string>> {
  const pairs = (Object.keys(lists) as List[]).flatMap((list) =>
    (list === 'findings' ? judgedFindings(typed) : filledRows(typed, list)).flatMap((row, place) => [
      ...lists[list].map((part) => [`/${list}/${place}/${part}`, fieldOf(list, row, part)] as const),
      [`/${list}/${place}/dueOn`, fieldOf(list, row, 'dueOn-day')] as const,
    ]),
  )
  return Object.fromEntries(pairs)
}

function rowErrors(): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const say = words.missing
  const rows = numbers(50).flatMap((row) => [
    [fieldOf('findings', row, 'allegation'), { required: say.allegation }],
    [fieldOf('findings', row, 'finding'), { not_an_option: say.finding }],
    [fieldOf('actions', row, 'description'), { required: say.description }],
    [fieldOf('actions', row, 'owner'), { required: say.owner }],
    [fieldOf('actions', row, 'dueOn-day'), { not_a_date: say.dueOn }],
  ])
  return Object.fromEntries(rows)
}

function findingView(typed: Typed, row: number): object {
  const { allegation, finding } = findingAt(typed, row)
  return {
    heading: words.findings.one(row + 1),
    allegation: { name: fieldOf('findings', row, 'allegation'), value: allegation },
    finding: {
      name: fieldOf('findings', row, 'finding'),
      value: finding,
      items: Object.entries({ '': words.findings.choose, ...labels.findings }).map(([value, text]) => ({ value, text })),
    },
    remove: { value: `findings-${row}`, text: words.findings.remove(row + 1) },
    isNew: typed.one('add') === 'findings' && row === rowCount(typed, 'findings') - 1,
  }
}

function actionView(typed: Typed, row: number): object {
  const part = (name: string) => ({ name: fieldOf('actions', row, name), value: typed.one(fieldOf('actions', row, name)) })
  return {
    heading: words.actions.one(row + 1),
    description: part('description'),
    owner: part('owner'),
    due: { id: fieldOf('actions', row, 'dueOn'), day: part('dueOn-day'), month: part('dueOn-month'), year: part('dueOn-year') },
    remove: { value: `actions-${row}`, text: words.actions.remove(row + 1) },
    isNew: typed.one('add') === 'actions' && row === rowCount(typed, 'actions') - 1,
  }
}
