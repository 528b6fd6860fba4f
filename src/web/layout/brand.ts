/** How the service looks and calls itself. Neutral by default: a title or a logo must not tell a passer-by what the page is for. */
export interface Brand {
  /** Ends every page title, so it stays in browser history: never a word such as "whistleblowing". */
  readonly serviceName: string
  /** In the footer only; null shows none. */
  readonly organisationName: string | null
  /** `#rrggbb` */
  readonly headerColour: string
  /** `#rrggbb` */
  readonly headerTextColour: string
}

export const neutralBrand: Brand = {
  serviceName: 'Staff form',
  organisationName: null,
  headerColour: '#37414b',
  headerTextColour: '#ffffff',
}

/** WCAG 2.2 SC 1.4.3 for text of normal size. */
const leastContrast = 4.5

/** Throws where the header could not be read: the service does not start with it. */
export function checkBrand(brand: Brand): Brand {
  if (brand.serviceName.trim() === '') throw new Error('brand: the service needs a name')
  const contrast = contrastRatio(brand.headerColour, brand.headerTextColour)
  if (contrast < leastContrast) throw new Error(`brand: header contrast is ${contrast.toFixed(2)} : 1, it has to be 4.5 : 1 or more`)
  return brand
}

/** The contrast of two `#rrggbb` colours, 1 to 21 (WCAG 2.2 "contrast ratio"). Throws on any other notation. */
export function contrastRatio(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const parts = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour)
  if (parts === null) throw new Error('brand: colours are written #rrggbb')
  const [red, green, blue] = parts.slice(1).map((hex) => linear(Number.parseInt(hex, 16) / 255)) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
}
