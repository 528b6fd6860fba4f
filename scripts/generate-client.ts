/**
 * Writes Prisma's client into `src/database/generated` after an install.
 *
 * `prisma generate` needs no engine, yet looks for one and would fetch it from a host that hospital networks do not
 * reach. Naming any executable stops the search: https://www.prisma.io/docs/orm/reference/environment-variables-reference
 */
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '..')
const prisma = join(dirname(createRequire(import.meta.url).resolve('prisma/package.json')), 'build', 'index.js')

execFileSync(process.execPath, [prisma, 'generate', '--config', join(root, 'prisma', 'prisma.config.ts')], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
  env: { ...process.env, CHECKPOINT_DISABLE: '1', PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
})
