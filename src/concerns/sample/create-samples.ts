import type { ConcernDeps } from '../dependencies.ts'
import { createAnswerSample } from './answer-sample.ts'
import { createDrawSample } from './draw-sample.ts'
import { createFixSample } from './fix-sample.ts'
import { createOpenSample } from './open-sample.ts'
import type { Samples } from './samples.ts'
import { createViewSamples } from './view-samples.ts'

/** Concerns drawn by chance, shown masked to the auditor who drew them, by the act of somebody who holds them. */
export function createSamples(deps: ConcernDeps): Samples {
  return {
    ...createViewSamples(deps),
    fix: createFixSample(deps),
    reveal: createDrawSample(deps),
    open: createOpenSample(deps),
    ...createAnswerSample(deps),
  }
}
