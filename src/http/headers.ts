import type { Express, RequestHandler } from 'express'
import helmet from 'helmet'

// Features a page could ask for, each refused. Names that Chromium does not know would print a console line on every page, so they are not here.
const refusedFeatures = [
  'accelerometer',
  'autoplay',
  'camera',
  'clipboard-read',
  'clipboard-write',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'window-management',
  'xr-spatial-tracking',
]

/**
 * The headers of `security.md` 7 on every answer, and no others. There is no script source at all. HSTS only where the public origin is https:
 * over plain http browsers ignore it. It leaves subdomains alone: they may be another team's.
 */
export function securityHeaders(publicOrigin: string): readonly RequestHandler[] {
  const secure = publicOrigin.startsWith('https://')
  return [
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          styleSrc: ["'self'"],
          imgSrc: ["'self'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
          baseUri: ["'none'"],
        },
      },
      referrerPolicy: { policy: 'no-referrer' },
      crossOriginOpenerPolicy: { policy: 'same-origin' },
      crossOriginResourcePolicy: { policy: 'same-origin' },
      strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
      crossOriginEmbedderPolicy: false,
      originAgentCluster: false,
      xDnsPrefetchControl: false,
      xDownloadOptions: false,
      xFrameOptions: false,
      xPermittedCrossDomainPolicies: false,
      xXssProtection: false,
    }),
    (_request, response, next) => {
      response.setHeader('Cache-Control', 'no-store, no-transform')
      response.setHeader('Permissions-Policy', refusedFeatures.map((feature) => `${feature}=()`).join(', '))
      next()
    },
  ]
}

/**
 * Express's own settings: no ETag (it tells two visits apart), no X-Powered-By, flat queries, and the caller's address from the socket unless
 * the operator named proxies to trust (a count of hops or addresses, Express's `trust proxy`).
 */
export function hardenExpress(app: Express, trustProxy: number | string | false): void {
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('query parser', 'simple')
  app.set('trust proxy', trustProxy)
}
