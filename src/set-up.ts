import { foundPeople, type AccountsDeps, type EnrolledPerson } from './accounts/index.ts'
import { CannotStart } from './database/index.ts'
import { checkStamp, firstRulesPublished, prepareSettings, type FirstSettings } from './settings/index.ts'
import type { PublicKeys } from './vault/index.ts'
import { publishedWorkflow } from './workflow/index.ts'

/** All that a real organisation starts with. The people are enrolled in memory; no intake group is theirs yet. */
export interface FirstOrganisation {
  readonly settings: FirstSettings
  readonly guardian: EnrolledPerson
  readonly administrator: EnrolledPerson
  readonly recovery: PublicKeys
}

const already = 'This database has been set up already. Nothing was changed.'

/** Throws `CannotStart` where the database was set up before, for real or as a demonstration. */
export async function refuseSecondSetUp({ database }: AccountsDeps): Promise<void> {
  if (await checkStamp(database, 'real')) throw new CannotStart(already)
}

/**
 * Opens a real organisation: settings, people, list of recipients and pins in one transaction, so that a run that is killed leaves nothing and
 * can be started again. The guardian serves every intake group. Records `organisation_opened`, `settings_changed`, the rules, `recovery_key_made`,
 * `person_added` and `recipient_set_signed`. Throws `CannotStart` where somebody else was first, Refusal `invalid_input` where the
 * two people are one.
 */
export async function setUpOrganisation(deps: AccountsDeps, first: FirstOrganisation): Promise<void> {
  const prepared = prepareSettings(deps, first.settings)
  const intakeGroupIds = prepared.intakeGroups.map(({ id }) => id)
  const inEveryGroup = ({ person, ...rest }: EnrolledPerson): EnrolledPerson => ({ ...rest, person: { ...person, intakeGroupIds } })
  await deps.audited(async (tx) => {
    const opened = await prepared.open(tx)
    if (opened === null) throw new CannotStart(already)
    const founders = { guardian: inEveryGroup(first.guardian), administrator: inEveryGroup(first.administrator) }
    const founded = await foundPeople(tx, deps, founders, first.recovery, deps.clock.now())
    const rules = await firstRulesPublished(tx, publishedWorkflow(), deps.clock.now())
    return { value: null, entries: [...opened, ...rules, ...founded] }
  })
}
