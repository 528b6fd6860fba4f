import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Folders, the slowest files first: what begins last is short, so that no worker is left alone with a long one. */
const order = ['journeys/', 'browser/', 'integration/database/', 'http/', 'integration/', '']

/** By folder, and within a folder the longer file first, as far as size or the last run tells. */
export default class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const rank = ({ moduleId, project }: TestSpecification) =>
      order.findIndex((folder) => moduleId.slice(project.config.root.length + 1).startsWith(folder))
    return sorted.toSorted((a, b) => rank(a) - rank(b))
  }
}
