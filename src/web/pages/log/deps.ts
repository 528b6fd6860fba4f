import { staffOnly } from '../../../http/index.ts'
import type { StaffPageDeps } from '../../staff/deps.ts'

/** What the pages of the log use. */
export type LogPageDeps = Pick<StaffPageDeps, 'clock' | 'staffContext' | 'accounts' | 'auditing' | 'duties' | 'logReads' | 'publishedLog'>

export const auditors = staffOnly('auditor')
