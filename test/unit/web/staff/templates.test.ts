import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import nunjucks from 'nunjucks'
import { expect, test } from 'vitest'
import { ourTemplates } from '../../../../src/web/layout/templates.ts'
import { allTemplates } from '../../../support/templates.ts'

const web = join(import.meta.dirname, '..', '..', '..', '..', 'src', 'web')

// A word such as `none` is Nunjucks's own: `words.none` is a page that breaks only when somebody opens it
test.each(await allTemplates())('the template compiles: $file', ({ file }) => {
  const source = readFileSync(join(web, file), 'utf8')
  expect(() => new nunjucks.Template(source, ourTemplates(), file, true)).not.toThrow()
})
