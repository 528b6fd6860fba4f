import type { Directory } from '../../accounts/index.ts'
import { Refusal, type Alias, type UserId } from '../../kernel/index.ts'
import type { Holder } from './sealed-parts.ts'

/** People as a compartment's holders, by the keys the signed recipient set gives them. Refusal `record_not_genuine` where one is not in it. */
export function holdersOf(directory: Directory, people: Iterable<UserId>): Holder[] {
  return [...people].map((id) => {
    const person = directory.find(id)
    if (!person) throw new Refusal('record_not_genuine')
    return { holder: id, boxKey: person.keys.box }
  })
}

/** Every compartment is also for the organisation's recovery key, whose private half lies in shares on paper. */
export function recoveryOf(directory: Directory): Holder {
  return { holder: 'recovery', boxKey: directory.recoveryKey }
}

/** A person as the log names them. */
export function aliasOf(directory: Directory, id: UserId): Alias {
  const person = directory.known(id)
  if (!person) throw new Refusal('record_not_genuine')
  return person.alias
}

/** Whether the person's keys were made anew on the way: what was sealed to them before opens for nobody until it is given back. */
export function hadOtherKeys(directory: Directory, id: UserId): boolean {
  return (directory.known(id)?.signKeys.length ?? 0) > 1
}
