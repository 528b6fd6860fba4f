import { Refusal } from '../../kernel/index.ts'

/** A typing error, told with the groups it may be in; none where the text is no code at all. */
export function mistyped(groups: readonly number[]): Refusal {
  if (groups.length === 0) {
    return new Refusal('token_mistyped', {
      faults: [{ pointer: '/token', code: 'not_a_code', detail: 'This is not a whole code: it has 7 groups of 4. Look at all of it.' }],
    })
  }
  return new Refusal('token_mistyped', {
    faults: groups.map((group) => ({
      pointer: '/token',
      code: `group_${group}`,
      detail: `Group ${group} looks wrong. Compare it with what you wrote down.`,
    })),
  })
}
