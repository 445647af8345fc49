import type { RequestHandler } from 'express';
import helmet, { type HelmetOptions } from 'helmet';

type Policy = Exclude<HelmetOptions['contentSecurityPolicy'], boolean | undefined>;
type Directives = NonNullable<Policy['directives']>;

/** Nothing from elsewhere, nothing inline, no frame around a page; `own` is what a page needs beside it, or tighter. */
export function strictPolicy(own: Directives): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'connect-src': ["'self'"],
        'img-src': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
        ...own,
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    // The proxy that ends TLS says this for the whole host.
    strictTransportSecurity: false,
  });
}

/** For pages whose scripts write no markup and send no form. */
export const SCRIPT_ONLY = {
  'form-action': ["'none'"],
  'require-trusted-types-for': ["'script'"],
  'trusted-types': ["'none'"],
};
