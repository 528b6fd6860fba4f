import type { PersonSummary, Rights } from '../../../accounts/index.ts'
import { instantText, type UserId } from '../../../kernel/index.ts'
import { words as staffWords } from '../../staff/words.en.ts'
import type { words as english } from './words.en.ts'

type Words = typeof english
type Colour = 'green' | 'yellow' | 'orange' | 'grey' | 'blue'

export interface PersonRow {
  readonly href: string
  readonly name: string
  readonly email: string
  readonly roles: string
  readonly state: { readonly text: string; readonly colour: Colour }
  readonly factor: string
  readonly signed: string
  /** RFC 3339; null where `signed` says it in words. */
  readonly signedAt: string | null
}

const colours: Readonly<Record<PersonSummary['state'], Colour>> = {
  invited: 'blue',
  invitation_expired: 'orange',
  waiting: 'yellow',
  active: 'green',
  leaving: 'orange',
  deactivated: 'grey',
}

export function personRow(person: PersonSummary, words: Words): PersonRow {
  const { id, name, email, state, secondFactor, countersignedAt, asked } = person
  const isEnrolled = state !== 'invited' && state !== 'invitation_expired'
  return {
    href: `/people/${id}`,
    name,
    email,
    roles: rolesInWords(person, words),
    state: { text: words.states[state], colour: colours[state] },
    factor: words.factors[secondFactor],
    signed: asked !== null ? words.signed.asked : !isEnrolled || state === 'waiting' ? words.signed.never : words.signed.first,
    signedAt: asked === null && isEnrolled && countersignedAt !== null ? instantText(countersignedAt) : null,
  }
}

/** "Guardian (deputy), auditor". */
export function rolesInWords({ roles, deputy }: Pick<Rights, 'roles' | 'deputy'>, words: Pick<Words, 'deputy'>): string {
  const named = roles.map((role) => `${staffWords.roles[role]}${deputy && role === 'guardian' ? ` (${words.deputy})` : ''}`)
  return named.map((text, at) => (at === 0 ? text : text.charAt(0).toLowerCase() + text.slice(1))).join(', ')
}

type Groups = readonly { readonly id: string; readonly name: string }[]

export function groupsInWords({ intakeGroupIds }: Pick<Rights, 'intakeGroupIds'>, groups: Groups, none: string): string {
  const named = groups.filter(({ id }) => intakeGroupIds.some((one) => one === id)).map(({ name }) => name)
  return named.length === 0 ? none : named.join(', ')
}

/** What may be done with a person as they stand now, as links. Nothing about oneself. */
export function actsOn({ id, state, secondFactor }: PersonSummary, self: UserId, words: Words): readonly { href: string; text: string }[] {
  if (id === self) return []
  const act = (path: string, name: keyof Words['acts']) => ({ href: `/people/${id}/${path}`, text: words.acts[name] })
  if (state === 'invited' || state === 'invitation_expired') return [act('new-link', 'relink'), act('withdrawal', 'withdraw')]
  if (state === 'leaving' || state === 'deactivated') return [act('reactivation', 'reactivate'), act('re-invitation', 'reinvite')]
  const factor = secondFactor === 'reset_asked' ? [] : [act('second-factor', 'factor')]
  return [act('rights', 'rights'), ...factor, act('re-invitation', 'reinvite'), act('deactivation', 'deactivate')]
}
