import type { DraftAnswers } from '../../../concerns/index.ts'
import type { ReporterSettings } from '../../reporter/deps.ts'
import type { words as english } from './words.en.ts'

interface Option {
  readonly value: string
  readonly text: string
  readonly selected?: boolean
}

export interface WhereAndWhenView {
  /** Null where the organisation lists no sites: the place is then typed. */
  readonly sites: readonly Option[] | null
  /** Null where there is only one intake group: nothing to choose. */
  readonly groups: readonly Option[] | null
  readonly site: string | undefined
  readonly happened: string | undefined
  readonly day: string
  readonly month: string
  readonly year: string
}

export function showWhereAndWhen(
  answers: DraftAnswers,
  settings: Pick<ReporterSettings, 'sites' | 'intakeGroups'>,
  words: typeof english,
): WhereAndWhenView {
  const [year = '', month = '', day = ''] = (answers.awareSince ?? '').split('-')
  return {
    sites: settings.sites.length === 0 ? null : siteOptions(answers.site, settings.sites, words),
    groups: settings.intakeGroups.length < 2 ? null : groupOptions(answers.intakeGroup, settings.intakeGroups, words),
    site: answers.site,
    happened: answers.happened,
    day,
    month,
    year,
  }
}

/** A site that was chosen and has been taken off the list since is still shown: an answer is never changed behind a person's back. */
function siteOptions(chosen: string | undefined, sites: ReporterSettings['sites'], words: typeof english): readonly Option[] {
  const names = sites.map(({ name }) => name)
  const all = chosen === undefined || names.includes(chosen) ? names : [...names, chosen]
  return [{ value: '', text: words.site.rather }, ...all.map((name) => ({ value: name, text: name, selected: name === chosen }))]
}

function groupOptions(chosen: string | undefined, groups: ReporterSettings['intakeGroups'], words: typeof english): readonly Option[] {
  return [{ value: '', text: words.intakeGroup.any }, ...groups.map(({ id, name }) => ({ value: id, text: name, selected: id === chosen }))]
}
