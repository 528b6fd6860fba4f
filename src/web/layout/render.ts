import type { Response } from 'express'
import { csrfField, factsOf, padPage, type ErrorPage, type RequestFacts } from '../../http/index.ts'
import type { StaffMember } from '../../kernel/index.ts'
import { checkBrand, type Brand } from './brand.ts'
import { errorView } from './error-view.ts'
import type { ShownFault } from './faults.ts'
import { directionOf, pageWords } from './language.ts'
import { ourTemplates } from './templates.ts'
import { words as english } from './words.en.ts'

export interface Page {
  /** Relative to `src/web/pages`. */
  readonly template: string
  /** The question or heading. The layout adds "Error:" and the service's name. */
  readonly title: string
  /** `words` in the template: the page's own, in the reader's language. */
  readonly words?: object
  /** `view` in the template: what `view.ts` made. */
  readonly view?: object
  /** Shown in the summary and beside their fields; with any, the status is 422. */
  readonly faults?: readonly ShownFault[]
  readonly status?: number
  /** Where the Back link goes; without it there is none. */
  readonly back?: string
  /** What has just been done: the first thing in main, with focus. */
  readonly notice?: string
  /** The leave bar: by default on every page but staff's. */
  readonly leave?: boolean
  /** For staff's tables. */
  readonly wide?: boolean
}

export interface NavigationItem {
  readonly href: string
  readonly text: string
}

/** Addresses of the files every page links to. */
export interface AssetPaths {
  readonly stylesheet: string
  readonly icon: string
  readonly iconSvg: string
}

export interface RendererOptions {
  /** As it is, or as it is each time a page is drawn: an administrator may change it. */
  readonly brand: Brand | (() => Brand)
  readonly assets: AssetPaths | ((brand: Brand) => AssetPaths)
  /** True shows the banner "Do not raise real concerns here" on every page. */
  readonly demonstration: boolean
  /** Staff's menu; the first item is where the service's name leads them. */
  readonly navigation?: (staff: StaffMember) => readonly NavigationItem[]
}

export interface Pages {
  /** Draws the page and answers with it; pads it unless its route is staff's. */
  send(response: Response, page: Page): void
  /** The page of an error, for `createErrorHandler`. */
  sendError(response: Response, error: ErrorPage): void
}

const commonWords = pageWords({ en: english })

/** Throws where the brand can't be read (`checkBrand`). */
export function createRenderer(options: RendererOptions): Pages {
  checkBrand(brandNow(options))
  const templates = ourTemplates()

  const send = (response: Response, page: Page): void => {
    const facts = factsOf(response)
    const faults = page.faults ?? []
    const html = templates.render(page.template, { ...frameOf(options, response, facts, page), faults, fault: faultFinder(faults) })
    const status = page.status ?? (faults.length > 0 ? 422 : 200)
    response
      .status(status)
      .type('html')
      .send(facts.policy?.kind === 'staff' ? html : padPage(html))
  }

  return {
    send,
    sendError: (response, error) => {
      const { language, staff } = factsOf(response)
      const home = homeOf(options, staff)
      const view = errorView(error, commonWords(language), language, home)
      send(response, { template: 'error-page.njk', title: error.title, status: error.status, view })
    },
  }
}

const brandNow = ({ brand }: RendererOptions): Brand => (typeof brand === 'function' ? brand() : brand)

function frameOf(options: RendererOptions, response: Response, facts: RequestFacts, page: Page): object {
  const common = commonWords(facts.language)
  const { demonstration } = options
  const brand = brandNow(options)
  const assets = typeof options.assets === 'function' ? options.assets(brand) : options.assets
  const prefix = (page.faults ?? []).length > 0 ? `${common.errorPrefix} ` : ''
  return {
    brand,
    assets,
    demonstration,
    common,
    csrfField,
    csrfToken: facts.csrfToken,
    language: facts.language,
    direction: directionOf(facts.language),
    staff: facts.staff,
    home: homeOf(options, facts.staff),
    navigation: navigationOf(options, facts.staff, response.req.path),
    fullTitle: `${prefix}${page.title} – ${brand.serviceName}`,
    words: page.words ?? {},
    view: page.view ?? {},
    back: page.back,
    notice: page.notice,
    wide: page.wide ?? false,
    leave: page.leave ?? (facts.staff === null && facts.policy?.kind !== 'staff'),
  }
}

function navigationOf({ navigation }: RendererOptions, staff: StaffMember | null, path: string): readonly object[] {
  if (navigation === undefined || staff === null) return []
  return navigation(staff).map((item) => ({ ...item, current: item.href === path }))
}

function homeOf({ navigation }: RendererOptions, staff: StaffMember | null): string {
  return staff === null ? '/' : (navigation?.(staff)[0]?.href ?? '/')
}

function faultFinder(faults: readonly ShownFault[]): (field: string) => { readonly text: string } | undefined {
  return (field) => {
    const found = faults.find((fault) => fault.field === field)
    return found && { text: found.text }
  }
}
