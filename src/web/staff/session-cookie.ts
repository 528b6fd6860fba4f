/** The cookie that holds the access token, `__Host-staff` in full. `src/app.ts` reads it. */
export const sessionCookie = 'staff'
