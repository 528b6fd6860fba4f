import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { anyone, createStaticFiles, pathText, type Route, type StaticFile } from '../../http/index.ts'
import { Refusal } from '../../kernel/index.ts'
import type { AssetPaths, Brand } from '../layout/index.ts'

const kit = join(dirname(createRequire(import.meta.url).resolve('nhsuk-frontend/package.json')), 'dist', 'nhsuk')
const own = (name: string): Buffer => readFileSync(join(import.meta.dirname, name))

/**
 * The kit's stylesheet without its fonts: stock CSS makes every visitor's browser ask an outside host for them, which tells that host who
 * reads this page. Its icons move beside it. Throws where an address of another host is left, so that an update of the kit can't
 * bring one back.
 */
export function stylesheet(brand: Brand, kitCss: string): string {
  const stripped = kitCss
    .replaceAll(/@font-face\s*\{[^}]*\}/g, '')
    .replaceAll('/assets/images/nhsuk-icon-', '')
    .replaceAll(/\/\*# sourceMappingURL=.*?\*\//g, '')
  const colours = `:root{--app-header-colour:${brand.headerColour};--app-header-text-colour:${brand.headerTextColour}}`
  const css = `${stripped}\n${colours}\n${own('frame.css').toString()}\n${own('app.css').toString()}\n${own('paper.css').toString()}`
  if (/(?:https?:)?\/\/[a-z0-9.-]+\.[a-z]/i.test(css)) throw new Error('the stylesheet names another host')
  return css
}

const svg = 'image/svg+xml'

/** The icons the stylesheet draws with, and no other asset of the kit: its favicons and pictures are the NHS's. */
const icons = ['arrow-down', 'arrow-up', 'arrow-up-down', 'cross']

/** Everything under `/static`, made at start and kept in memory: nothing generated lies in the tree. */
export function createAssets(brand: Brand): { readonly paths: AssetPaths; readonly routes: readonly Route[] } {
  const kitCss = readFileSync(join(kit, 'nhsuk-frontend.min.css'), 'utf8')
  const files: readonly StaticFile[] = [
    { name: 'styles.css', type: 'text/css; charset=utf-8', body: Buffer.from(stylesheet(brand, kitCss)) },
    { name: 'favicon.svg', type: svg, body: own('favicon.svg') },
    { name: 'favicon.ico', type: 'image/x-icon', body: own('favicon.ico') },
    ...icons.map((icon) => ({
      name: `${icon}.svg`,
      type: svg,
      body: readFileSync(join(kit, 'assets', 'images', `nhsuk-icon-${icon}.svg`)),
    })),
  ]
  const { route, hrefOf } = createStaticFiles(files)
  return { routes: [route], paths: { stylesheet: hrefOf('styles.css'), icon: hrefOf('favicon.ico'), iconSvg: hrefOf('favicon.svg') } }
}

/** Looks that are kept at once: the one in force, and those that pages still open in browsers were drawn with. */
const mostLooks = 6

/**
 * The same for a brand that can change while the service runs: its style sheet is made when the first page needs it, and stays at its address,
 * which its content gives, so that a page drawn before a change keeps its look.
 */
export function createBrandedAssets(): { readonly pathsOf: (brand: Brand) => AssetPaths; readonly routes: readonly Route[] } {
  const looks = new Map<string, ReturnType<typeof createAssets>>()

  const lookOf = (brand: Brand): ReturnType<typeof createAssets> => {
    const key = `${brand.headerColour}${brand.headerTextColour}`
    const look = looks.get(key) ?? createAssets(brand)
    // The latest used last, so that the oldest goes first
    looks.delete(key)
    looks.set(key, look)
    for (const oldest of [...looks.keys()].slice(0, -mostLooks)) looks.delete(oldest)
    return look
  }

  const route: Route = {
    method: 'get',
    path: '/static/:version/:name',
    policy: anyone,
    handle: (request, response) => {
      const start = `/static/${pathText(request, 'version')}/`
      const look = [...looks.values()].find(({ paths }) => paths.stylesheet.startsWith(start))
      if (look === undefined) throw new Refusal('not_found')
      return look.routes[0]!.handle(request, response)
    },
  }
  return { pathsOf: (brand) => lookOf(brand).paths, routes: [route] }
}
