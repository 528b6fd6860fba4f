import type { ConcernDeps } from '../dependencies.ts'
import type { Receipts } from '../raising/receipts.ts'
import { createAssess, createViewAssessments } from './assessment.ts'
import type { Casework } from './casework.ts'
import { createLogContact, createViewContacts } from './contacts.ts'
import { createExportConcern } from './export-concern.ts'
import { createPreviewMessage } from './preview-message.ts'
import { createPrintSummary } from './print-summary.ts'
import { createViewPrivateNotes, createWritePrivateNote } from './private-note.ts'
import { createSavedViews } from './saved-views.ts'
import { createExportTime, createViewTime } from './time.ts'
import { createWrittenDrafts } from './written-drafts.ts'

/** The handlers' own tools beside the steps of a concern. */
export function createCasework(deps: ConcernDeps, receipts: Receipts): Casework {
  return {
    viewAssessments: createViewAssessments(deps),
    assess: createAssess(deps, receipts),
    viewContacts: createViewContacts(deps),
    logContact: createLogContact(deps, receipts),
    viewTime: createViewTime(deps),
    exportTime: createExportTime(deps),
    viewPrivateNotes: createViewPrivateNotes(deps),
    writePrivateNote: createWritePrivateNote(deps, receipts),
    ...createSavedViews(deps),
    previewMessage: createPreviewMessage(deps),
    printSummary: createPrintSummary(deps),
    exportConcern: createExportConcern(deps),
    writtenDrafts: createWrittenDrafts(deps),
  }
}
