import type { ConcernDeps } from '../dependencies.ts'
import { createLinkConcerns, createUnlinkConcerns } from './link-concerns.ts'
import type { Linking } from './linking.ts'
import { createViewLinks } from './view-links.ts'

export function createLinking(deps: ConcernDeps): Linking {
  return { view: createViewLinks(deps), add: createLinkConcerns(deps), remove: createUnlinkConcerns(deps) }
}
