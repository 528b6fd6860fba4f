import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, DriverAdapterError } from '@prisma/driver-adapter-utils'
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

/**
 * Prisma's own schema engine as WebAssembly, on a connection of ours. The native engine would be fetched from a host that hospital
 * networks do not reach; this one came with `npm ci` and writes the same `_prisma_migrations`.
 */
export async function openSchemaEngine(adapter: MigrationAdapter, datamodels?: [string, string][]): Promise<engine.SchemaEngine> {
  await instantiate()
  return engine.SchemaEngine.new({ datamodels }, () => {}, bindMigrationAwareSqlAdapterFactory(adapter))
}

/** Prisma's adapter cuts scripts at every semicolon, which breaks the body of a function. Sent whole, a script is also one transaction. */
export class MigrationAdapter extends PrismaPg {
  override async connect() {
    const adapter = await super.connect()
    adapter.executeScript = async (script) => {
      await adapter
        .underlyingDriver()
        .query(script)
        .catch((error: unknown) => {
          throw inEngineWords(error)
        })
    }
    return adapter
  }
}

/** The engine reports only errors of this form; of others it would say "external error". */
function inEngineWords(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) return error
  const { code = '', severity = '', message, detail, column, hint } = error
  return new DriverAdapterError({ kind: 'postgres', code, severity, message, detail, column, hint })
}

let instantiated: Promise<void> | undefined

/** What a bundler does with `import … from './schema_engine_bg.wasm'`, by hand. */
function instantiate(): Promise<void> {
  instantiated ??= (async () => {
    const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg'))
    const bytes = readFileSync(join(folder, 'schema_engine_bg.wasm'))
    const { instance } = await webAssembly.instantiate(bytes, { './schema_engine_bg.js': engineImports() })
    bindings.__wbg_set_wasm(instance.exports)
    instance.exports.__wbindgen_start()
  })()
  return instantiated
}

/** The engine gives up on its own lock after ten seconds, by a timer it never clears: it must not keep a finished command running. */
function engineImports(): object {
  const patient = (work: () => void, milliseconds: number) => setTimeout(work, milliseconds).unref()
  return Object.fromEntries(Object.entries(engine).map(([name, value]) => [name, name.startsWith('__wbg_setTimeout_') ? patient : value]))
}

/** The package's types leave out what its generated code exports for bundlers, and Node's leave out WebAssembly. */
const bindings = engine as unknown as { __wbg_set_wasm(exports: unknown): void }
const { WebAssembly: webAssembly } = globalThis as unknown as {
  WebAssembly: { instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: { __wbindgen_start(): void } } }> }
}
