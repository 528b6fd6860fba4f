import { inviteInput, rightsInput, type Rights } from '../../../accounts/index.ts'
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
  return readInput(inviteInput, { name: form.one('name'), email: form.one('email').trim(), ...rightsIn(form), ...otpIn(form) })
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
