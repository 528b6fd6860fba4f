/** Who may import whom: the table of the architecture, one named rule a row. `check-imports.ts` runs it. */

/** Room → the rooms whose door it may open. Absent rooms are out of reach. */
const mayOpen = {
  kernel: [],
  config: [],
  workflow: ['kernel'],
  timeliness: ['kernel'],
  vault: ['kernel'],
  database: ['kernel'],
  http: ['kernel'],
  audit: ['kernel', 'database', 'vault'],
  notifications: ['kernel', 'database'],
  settings: ['kernel', 'timeliness', 'database', 'audit'],
  accounts: ['kernel', 'vault', 'database', 'audit', 'notifications'],
  concerns: ['kernel', 'workflow', 'timeliness', 'vault', 'database', 'audit', 'notifications', 'settings', 'accounts'],
  duties: ['kernel', 'timeliness', 'database', 'audit', 'notifications', 'settings', 'accounts'],
  reporting: ['kernel', 'workflow', 'timeliness', 'database', 'audit', 'settings'],
  web: ['kernel', 'workflow', 'timeliness', 'http', 'accounts', 'settings', 'duties', 'concerns', 'reporting', 'audit'],
  api: ['kernel', 'workflow', 'timeliness', 'http', 'accounts', 'settings', 'duties', 'concerns', 'reporting', 'audit'],
}

const any = (names) => `(${names.join('|')})`

const roomRules = Object.entries(mayOpen).map(([room, open]) => ({
  name: `${room}-may-open-${open.length === 0 ? 'no-other-room' : open.join('-')}`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/${any([room, ...open])}/` },
}))

/** A package, wherever npm put it. */
const packages = (...names) => `(^|/)node_modules/${any(names)}(/|$)`

module.exports = {
  forbidden: [
    ...roomRules,
    {
      name: 'rooms-have-one-door',
      comment: 'Another room is reached through its index.ts, which names what it offers.',
      severity: 'error',
      from: { path: '^(?:src|scripts)/([^/]+)', pathNot: '^scripts/witness\\.ts$' },
      to: { path: '^src/([^/]+)/', pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$', '^src/database/generated/'] },
    },
    {
      name: 'the-witness-runs-alone',
      comment: 'Others run it on machines of their own: it loads no database and nothing else of the service.',
      severity: 'error',
      from: { path: '^(scripts/witness\\.ts$|src/audit/(witness|notes|merkle)/)' },
      to: { path: '^src/', pathNot: '^src/(audit/(witness|notes|merkle)/|kernel/index\\.ts$)' },
    },
    {
      name: 'generated-client-for-database-and-stores',
      comment: 'Rows end at the stores: no use case, presenter or page knows the ORM.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/database/', '-store\\.ts$'] },
      to: { path: '^src/database/generated/' },
    },
    {
      name: 'prisma-and-driver-for-database-and-stores',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/database/', '-store\\.ts$'] },
      to: { path: packages('@prisma/[^/]+', 'prisma', 'pg') },
    },
    {
      name: 'express-and-nunjucks-for-the-edge',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(app\\.ts$|http/|web/|api/)' },
      to: { path: packages('express', 'nunjucks', 'helmet', 'cookie', '@types/express', '@types/nunjucks') },
    },
    {
      name: 'ciphers-for-the-vault',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/vault/' },
      to: { path: packages('sodium-native', 'argon2', 'shamir-secret-sharing', '@types/sodium-native') },
    },
    {
      name: 'mail-for-notifications',
      comment: 'One way out for letters.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/notifications/' },
      to: { path: packages('nodemailer', '@types/nodemailer') },
    },
    {
      name: 'crypto-for-the-vault-and-named-files',
      comment:
        'Others take `Random` from the kernel. Hashes for the log, HMAC of addresses, one comparison, one file version, a server secret.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          '^src/vault/',
          '^src/audit/',
          '^src/kernel/random\\.ts$',
          '^src/config/secrets\\.ts$',
          '^src/http/(addresses|csrf|static-files)\\.ts$',
          '^src/database/',
        ],
      },
      to: { path: '^(node:)?crypto$' },
    },
    {
      name: 'config-for-entry-points',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(config/|greeting\\.ts$|start-up\\.ts$|main\\.ts$|worker\\.ts$|composition\\.ts$)' },
      to: { path: '^src/config/' },
    },
    {
      name: 'nobody-imports-an-entry-point',
      severity: 'error',
      from: { path: '^(src|scripts)/' },
      to: { path: '^src/(main|worker)\\.ts$' },
    },
    {
      name: 'product-never-imports-tests-or-scripts',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|scripts)/' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/database/generated/' },
      to: { circular: true, pathNot: '^src/database/generated/' },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: { path: '^(src|scripts)/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'no-development-package-in-the-product',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/database/generated/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only', 'npm'] },
    },
  ],
  options: {
    // TypeScript 7 has no stable API yet, so dependency-cruiser can't parse with it; @swc/core is the other parser it supports
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: '(^|/)node_modules/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'require', 'default', 'types'],
      mainFields: ['main', 'types'],
    },
  },
}
