/** The one server of a test run, as the run's set-up hands it to the test files. */
export interface TestServer {
  /** The folder of the socket. */
  readonly host: string
  readonly port: number
  readonly superuser: TestLogin
  readonly owner: TestLogin
  readonly app: TestLogin
}

export interface TestLogin {
  readonly user: string
  readonly password: string
}

/** The database that was migrated once and that nobody enters. */
export const templateName = 'forthright_template'
