/**
 * How to make each system trust the root, as data: the certificate page, the workbench's Connect view and the command line show the same
 * steps. Text between backticks is to be typed or copied as it is. Only instructions: nothing here changes a trust store.
 */
import { PKCS12_PASSWORD } from './encode-root.ts';

export interface TrustInstruction {
  system: string;
  steps: string[];
}

export interface TrustOptions {
  /** Path of the root's PEM file on the machine that Sluice runs on. */
  readonly certificateFile: string;
  /** Where a proxied client gets it, as `http://sluice.cert/`. */
  readonly certificateUrl: string;
  /** `host:port` where clients point their proxy setting. */
  readonly proxy: string;
  /** The system that Sluice and its reader are on; left out when the reader may be elsewhere and has to download the file. */
  readonly platform?: NodeJS.Platform;
}

/** For each system the steps in order, the reader's own system first. */
export function trustInstructions(options: TrustOptions): TrustInstruction[] {
  const all = [...desktops(options), ...browsersAndPhones(options), ...programs(options)];
  const own = (one: SystemSteps) =>
    options.platform !== undefined && one.platform === options.platform ? 0 : 1;
  return all.toSorted((a, b) => own(a) - own(b)).map(({ system, steps }) => ({ system, steps: [...steps] }));
}

interface SystemSteps {
  readonly system: string;
  readonly platform?: NodeJS.Platform;
  readonly steps: readonly string[];
}

/** The steps that get the file, and what it is then called. */
function source(options: TrustOptions, platform: NodeJS.Platform | undefined) {
  const here = options.platform !== undefined && (platform === undefined || platform === options.platform);
  if (here) return { get: [], file: options.certificateFile };
  return { get: [`Download \`${options.certificateUrl}sluice.pem\`.`], file: 'sluice.pem' };
}

function desktops(options: TrustOptions): SystemSteps[] {
  const windows = source(options, 'win32');
  const mac = source(options, 'darwin');
  const linux = source(options, 'linux');
  return [
    {
      system: 'Windows',
      platform: 'win32',
      steps: [
        ...windows.get,
        `Run \`certutil -user -addstore Root "${windows.file}"\` and answer Yes. Edge, Chrome and .NET then trust it for your account.`,
        'To undo: run `certmgr.msc`, Trusted Root Certification Authorities, Certificates, and delete the one that begins with “Sluice CA”.',
      ],
    },
    {
      system: 'macOS',
      platform: 'darwin',
      steps: [
        ...mac.get,
        `Run \`security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db ${shellWord(mac.file)}\` and confirm. Safari and Chrome then trust it for your account.`,
        'To undo: delete the one that begins with “Sluice CA” in Keychain Access.',
      ],
    },
    {
      system: 'Linux: Debian, Ubuntu',
      platform: 'linux',
      steps: [
        ...linux.get,
        `Run \`sudo cp ${shellWord(linux.file)} /usr/local/share/ca-certificates/sluice.crt && sudo update-ca-certificates\`.`,
        'To undo: run `sudo rm /usr/local/share/ca-certificates/sluice.crt && sudo update-ca-certificates --fresh`.',
      ],
    },
    {
      system: 'Linux: Fedora, RHEL',
      platform: 'linux',
      steps: [
        ...linux.get,
        `Run \`sudo cp ${shellWord(linux.file)} /etc/pki/ca-trust/source/anchors/sluice.pem && sudo update-ca-trust\`.`,
        'To undo: run `sudo rm /etc/pki/ca-trust/source/anchors/sluice.pem && sudo update-ca-trust`.',
      ],
    },
    {
      system: 'Linux: Chrome, Chromium',
      platform: 'linux',
      steps: [
        ...linux.get,
        'They keep a store of their own. If `certutil` is missing, install `libnss3-tools` (Debian) or `nss-tools` (Fedora).',
        `Run \`mkdir -p ~/.pki/nssdb && certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n Sluice -i ${shellWord(linux.file)}\`, then restart the browser.`,
        'To undo: run `certutil -d sql:$HOME/.pki/nssdb -D -n Sluice`.',
      ],
    },
  ];
}

function browsersAndPhones(options: TrustOptions): SystemSteps[] {
  const firefox = source(options, undefined);
  const url = options.certificateUrl;
  return [
    {
      system: 'Firefox',
      steps: [
        ...firefox.get,
        `Settings, Privacy & Security, View Certificates, Authorities, Import: choose \`${firefox.file}\` and tick “Trust this CA to identify websites”.`,
      ],
    },
    {
      system: 'iOS, iPadOS',
      steps: [
        `In Settings, Wi-Fi, your network, Configure Proxy, choose Manual and enter \`${options.proxy}\`.`,
        `Open \`${url}sluice.mobileconfig\` in Safari and allow the download.`,
        'Settings, General, VPN & Device Management: install the profile “Sluice CA”.',
        'Settings, General, About, Certificate Trust Settings: switch it on. Without this step nothing is trusted.',
      ],
    },
    {
      system: 'Android',
      steps: [
        `In the Wi-Fi network’s details set the proxy to Manual and enter \`${options.proxy}\`.`,
        `Open \`${url}sluice.crt\` in Chrome; it is saved to Downloads.`,
        'Settings, Security, Encryption & credentials, Install a certificate, CA certificate: choose the file. Chrome then trusts it.',
        'Other apps trust it only if theirs says so: `<certificates src="user"/>` in its network security configuration, in a debug build.',
      ],
    },
  ];
}

function programs(options: TrustOptions): SystemSteps[] {
  const { get, file: path } = source(options, undefined);
  const file = options.platform === 'win32' ? `"${path}"` : shellWord(path);
  const set = options.platform === 'win32' ? 'set ' : 'export ';
  const assign = (name: string) =>
    options.platform === 'win32' ? `set "${name}=${path}"` : `export ${name}=${file}`;
  const port = options.proxy.slice(options.proxy.lastIndexOf(':') + 1);
  const host = options.proxy.slice(0, -port.length - 1).replace(/^\[|\]$/g, '');
  return [
    {
      system: 'Java',
      steps: [
        ...get,
        `Make a trust store: \`keytool -importcert -noprompt -alias sluice -file ${file} -keystore sluice.p12 -storetype PKCS12 -storepass ${PKCS12_PASSWORD}\`; or download the same from \`${options.certificateUrl}sluice.p12\`.`,
        `Start the program with \`-Djavax.net.ssl.trustStore=sluice.p12 -Djavax.net.ssl.trustStorePassword=${PKCS12_PASSWORD} -Dhttp.proxyHost=${host} -Dhttp.proxyPort=${port} -Dhttps.proxyHost=${host} -Dhttps.proxyPort=${port}\`.`,
      ],
    },
    {
      system: 'Node.js',
      steps: [
        ...get,
        `Run \`${assign('NODE_EXTRA_CA_CERTS')}\`.`,
        `Node 24 and later take the proxy from the environment too: \`${set}NODE_USE_ENV_PROXY=1\`, \`${set}HTTPS_PROXY=http://${options.proxy}\`, \`${set}HTTP_PROXY=http://${options.proxy}\`.`,
      ],
    },
    {
      system: 'Python',
      steps: [
        ...get,
        `For requests run \`${assign('REQUESTS_CA_BUNDLE')}\`; for httpx, aiohttp and urllib \`${assign('SSL_CERT_FILE')}\`.`,
        `Set the proxy: \`${set}HTTPS_PROXY=http://${options.proxy}\`, \`${set}HTTP_PROXY=http://${options.proxy}\`.`,
      ],
    },
    {
      system: 'curl',
      steps: [...get, `Run \`curl --proxy http://${options.proxy} --cacert ${file} https://example.com/\`.`],
    },
  ];
}

/** As one word of a POSIX shell. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
