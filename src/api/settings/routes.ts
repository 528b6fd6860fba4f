import type { Call } from '../call.ts'
import type { SettingsApiDeps } from './call.ts'
import { deadlineCalls } from './deadline-routes.ts'
import { listCalls } from './list-routes.ts'
import { mailCalls, onCallCalls, readerCalls } from './reader-routes.ts'
import { snippetCalls } from './snippet-routes.ts'
import { valueCalls } from './value-routes.ts'

export type { SettingsApiDeps }

/** Everything the administrator's pages can do with settings. */
export function settingsCalls(deps: SettingsApiDeps): readonly Call[] {
  return [
    ...listCalls(deps),
    ...valueCalls(deps),
    ...readerCalls(deps),
    ...mailCalls(deps),
    ...onCallCalls(deps),
    ...snippetCalls(deps),
    ...deadlineCalls(deps),
  ]
}
