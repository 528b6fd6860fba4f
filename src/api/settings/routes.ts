import type { Call } from '../call.ts'
import type { SettingsApiDeps } from './call.ts'
import { deadlineCalls } from './deadline-routes.ts'
import { contentCalls, placeCalls } from './list-routes.ts'
import { valueCalls } from './value-routes.ts'

export type { SettingsApiDeps }

/** Everything the administrator's pages can do with settings. */
export function settingsCalls(deps: SettingsApiDeps): readonly Call[] {
  return [...placeCalls(deps), ...contentCalls(deps), ...valueCalls(deps), ...deadlineCalls(deps)]
}
