import { inviteInput, rightsInput, type FormerPerson, type Rights } from '../../../accounts/index.ts'
import { readInput, type FormFields } from '../../../http/index.ts'
import { roles } from '../../../kernel/index.ts'
import { words as staffWords } from '../../staff/words.en.ts'
import type { Typed } from '../../staff/typed.ts'

const otpIn = (form: FormFields) => ({ otp: form.one('otp').replaceAll(/\s/g, '') })
const rightsIn = (form: FormFields) => ({
  roles: form.many('roles'),
  deputy: form.one('deputy') === 'yes',
  intakeGroupIds: form.many('intakeGroupIds'),
})

/** Refusal `invalid_input`. */
export function readInvite(form: FormFields) {
  const former = form.one('former') || undefined
  return readInput(inviteInput, { name: form.one('name'), email: form.one('email').trim(), former, ...rightsIn(form), ...otpIn(form) })
}

/** Refusal `invalid_input`. */
export function readRights(form: FormFields) {
  return { ...readInput(rightsInput, rightsIn(form)), ...otpIn(form) }
}

export const readOtp = otpIn

/** Rights as boxes ticked. */
export function typedRights({ roles: held, deputy, intakeGroupIds }: Rights): Readonly<Record<string, readonly string[]>> {
  return { roles: held, deputy: deputy ? ['yes'] : [], intakeGroupIds }
}

/** Those who left, to choose from; none where nobody has left. */
export function formerOptions(former: readonly FormerPerson[], chosen: string, no: string) {
  const people = former.map(({ id, name, email }) => ({ value: id as string, text: `${name}, ${email}`, selected: id === chosen }))
  return people.length === 0 ? [] : [{ value: '', text: no, selected: chosen === '' }, ...people]
}

type Groups = readonly { readonly id: string; readonly name: string }[]

/** The boxes of the rights form. */
export function rightsBoxes(typed: Typed, groups: Groups, deputyText: string) {
  const ticked = (name: string, value: string) => typed.many(name).includes(value)
  return {
    roles: roles.map((role) => ({ value: role, text: staffWords.roles[role], checked: ticked('roles', role) })),
    deputy: [{ value: 'yes', text: deputyText, checked: ticked('deputy', 'yes') }],
    groups: groups.map(({ id, name }) => ({ value: id, text: name, checked: ticked('intakeGroupIds', id) })),
  }
}
