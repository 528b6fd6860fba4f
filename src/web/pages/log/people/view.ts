import type { Names, PeopleReport, PersonThen, Standing } from '../../../../audit/index.ts'
import { labelOf } from '../../../staff/options.ts'
import { words as staffWords } from '../../../staff/words.en.ts'
import { aliasLink, entryHref, kindWords, type ShownAlias } from '../rows.ts'
import { words } from './words.en.ts'

interface PersonRow {
  readonly alias: ShownAlias
  readonly roles: string
  readonly standing: string
  readonly colour: string
  readonly since: string
  readonly why: string
  readonly href: string | null
  readonly keysGiven: number
}

const order: readonly Standing[] = ['in', 'awaited', 'invited', 'out']
const colours: Record<Standing, string> = { in: 'green', awaited: 'yellow', invited: 'grey', out: 'grey' }

export function showPeople({ people, names, whole }: PeopleReport) {
  const sorted = people.toSorted(
    (one, other) => order.indexOf(one.rights.standing) - order.indexOf(other.rights.standing) || (one.alias < other.alias ? -1 : 1),
  )
  const inNow = people.filter(({ rights }) => rights.standing === 'in').length
  return { rows: sorted.map((person) => personRow(person, names)), count: words.count(inNow, people.length), whole }
}

function personRow({ alias, rights, at, kind, index, keysGiven }: PersonThen, names: Names): PersonRow {
  const roles = rights.roles.map((role) => labelOf(staffWords.roles, role))
  return {
    alias: aliasLink('actor', alias, names)!,
    roles: [...roles, ...(rights.deputy ? [words.deputy] : [])].join(', '),
    standing: words.standing[rights.standing],
    colour: colours[rights.standing],
    since: at,
    why: kindWords({ kind }),
    href: index === null ? null : entryHref(index),
    keysGiven,
  }
}
