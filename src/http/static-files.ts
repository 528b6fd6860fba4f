import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { Refusal } from '../kernel/index.ts'
import { anyone } from './policy.ts'
import { pathText, type Route } from './routes.ts'

export interface StaticFile {
  readonly name: string
  readonly type: string
  readonly body: Buffer
}

export interface StaticFiles {
  readonly route: Route
  /** The address of a file, with the version that its content gives. Throws where there is no such file. */
  hrefOf(name: string): string
}

/**
 * Files that hold no secret, served from memory under one version taken from the content of all: they may be cached for good, and a file
 * may name another beside it. They alone are compressed: nothing a person sends is ever in them.
 */
export function createStaticFiles(files: readonly StaticFile[]): StaticFiles {
  const version = versionOf(files)
  const held = new Map(files.map((file) => [file.name, { ...file, zipped: gzipSync(file.body) }]))
  const route: Route = {
    method: 'get',
    path: '/static/:version/:name',
    policy: anyone,
    handle: (request, response) => {
      const file = held.get(pathText(request, 'name'))
      if (file === undefined || pathText(request, 'version') !== version) throw new Refusal('not_found')
      response.set({ 'Content-Type': file.type, 'Cache-Control': 'public, max-age=31536000, immutable', Vary: 'Accept-Encoding' })
      if (request.acceptsEncodings('gzip') === false) return void response.send(file.body)
      response.set('Content-Encoding', 'gzip').send(file.zipped)
    },
  }
  return {
    route,
    hrefOf: (name) => {
      if (!held.has(name)) throw new Error(`no such static file: ${name}`)
      return `/static/${version}/${name}`
    },
  }
}

function versionOf(files: readonly StaticFile[]): string {
  const hash = createHash('sha256')
  for (const { name, body } of files) hash.update(`${name}\0${body.length}\0`).update(body)
  return hash.digest('hex').slice(0, 16)
}
