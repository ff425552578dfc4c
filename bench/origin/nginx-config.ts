/** The configuration of the origin. Pure text; what it serves is in `bodies.ts`. */
import type { KeyPair, OriginHost } from './certificates.ts';

export interface OriginPlan {
  readonly folder: string;
  readonly httpPort: number;
  readonly httpsPort: number;
  /** The first is the main one, also served in the clear. */
  readonly hosts: readonly (OriginHost & { readonly certificate: KeyPair })[];
  /** Body of /1k, which comes from memory: reading a file would cost more than all the rest. */
  readonly small: string;
}

/** One server for each host, because each has a certificate of its own. */
const server = (
  { address, name, certificate }: OriginPlan['hosts'][number],
  plan: OriginPlan,
  first: boolean,
) => `
  server {
    ${first ? `listen ${address}:${plan.httpPort} backlog=4096;` : ''}
    listen ${address}:${plan.httpsPort} ssl http2${first ? ' backlog=4096' : ''};
    server_name ${name};
    ssl_certificate ${certificate.cert};
    ssl_certificate_key ${certificate.key};
    location = /1k { default_type application/json; return 200 '${plan.small}'; }
    location = /100k { default_type application/json; }
  }`;

/** `master_process off`: one worker and nothing else, which also keeps the rights it is started with. */
export const nginxConfig = (plan: OriginPlan): string => `
daemon off;
master_process off;
error_log stderr error;
pid ${plan.folder}/nginx.pid;
worker_rlimit_nofile 65536;
events { worker_connections 32768; }
http {
  access_log off;
  root ${plan.folder}/bodies;
  types { }
  default_type application/octet-stream;
  sendfile on;
  tcp_nodelay on;
  open_file_cache max=16;
  keepalive_timeout 3600;
  keepalive_requests 1000000000;
  client_header_timeout 3600;
  client_body_temp_path ${plan.folder}/tmp;
  proxy_temp_path ${plan.folder}/tmp;
  fastcgi_temp_path ${plan.folder}/tmp;
  uwsgi_temp_path ${plan.folder}/tmp;
  scgi_temp_path ${plan.folder}/tmp;
  ${plan.hosts.map((host, index) => server(host, plan, index === 0)).join('\n')}
}
`;
