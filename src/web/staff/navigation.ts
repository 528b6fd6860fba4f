import { hasRole, type Role, type StaffMember } from '../../kernel/index.ts'
import type { NavigationItem } from '../layout/index.ts'
import { words } from './words.en.ts'

const leads: readonly Role[] = ['executive_lead', 'non_executive_lead']

/** The menu of each role, its first page first. A lead begins with what was brought to them, a guardian with the queue. */
const menu: readonly { readonly href: string; readonly text: string; readonly roles: readonly Role[] }[] = [
  { href: '/escalated', text: words.menu.escalated, roles: leads },
  { href: '/concerns', text: words.menu.queue, roles: ['guardian', 'investigator', ...leads] },
  { href: '/concerns/new', text: words.menu.record, roles: ['guardian'] },
  { href: '/concerns/new/concluded', text: words.menu.concluded, roles: ['guardian'] },
  { href: '/approvals', text: words.menu.approvals, roles: ['guardian', ...leads] },
  { href: '/handover', text: words.menu.handOver, roles: ['guardian'] },
  { href: '/log', text: words.menu.log, roles: ['auditor'] },
  { href: '/log/check', text: words.menu.checkLog, roles: ['auditor'] },
  { href: '/log/access', text: words.menu.access, roles: ['auditor'] },
  { href: '/log/people', text: words.menu.rights, roles: ['auditor'] },
  { href: '/log/exceptions', text: words.menu.exceptions, roles: ['auditor'] },
  { href: '/log/timeliness', text: words.menu.timeliness, roles: ['auditor', ...leads] },
  { href: '/log/samples', text: words.menu.samples, roles: ['auditor'] },
  { href: '/samples', text: words.menu.askedSamples, roles: ['guardian', ...leads] },
  { href: '/administration', text: words.menu.administration, roles: ['administrator'] },
  { href: '/people', text: words.menu.people, roles: ['administrator'] },
  { href: '/settings', text: words.menu.settings, roles: ['administrator'] },
  { href: '/duties', text: words.menu.duties, roles: ['guardian', 'administrator', 'auditor', ...leads] },
  { href: '/learning', text: words.menu.learning, roles: ['guardian'] },
  { href: '/countersign', text: words.menu.countersign, roles: ['guardian', 'administrator'] },
  { href: '/print', text: words.menu.print, roles: ['guardian', 'administrator'] },
  { href: '/simulator', text: words.menu.simulator, roles: ['auditor', 'administrator', ...leads] },
]

/** The first item is the person's first page. */
export function staffNavigation(staff: Pick<StaffMember, 'roles'>): readonly NavigationItem[] {
  return menu.filter(({ roles }) => hasRole(staff, ...roles)).map(({ href, text }) => ({ href, text }))
}

export function homeOf(staff: Pick<StaffMember, 'roles'>): string {
  return staffNavigation(staff)[0]?.href ?? '/'
}
