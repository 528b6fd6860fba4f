import { labels } from '../../../workflow/index.ts'

/** The official elements under their published labels. */
export const officialLabels = labels.elements
