// Networks that carry no multicast, or not to the outside: containers, clouds, WSL, NAT of virtual machines, VPNs.
import { check, unseen } from '../check.ts';
import { type Kind, linkOf } from '../links.ts';

type Seen = {
  interface: string | undefined;
  kind: Kind | undefined;
  address: string;
  /** The default route leads over the interface: it is the way out of this host. */
  outward: boolean;
  docker: boolean;
  kubernetes: boolean;
  /** /proc/version */
  version: string;
  /** Maker and product of the machine, as its firmware tells. */
  machine: string;
};

const clouds =
  /amazon|google compute|microsoft corporation virtual|digitalocean|hetzner|openstack|oracle cloud|linode|vultr/i;

export const envOverlay = check({
  id: 'env.overlay',
  link: 'https://docs.docker.com/engine/network/drivers/host/',
  async look(host): Promise<Seen> {
    const { local } = host;
    const [link, version, vendor, product, docker, podman, routes] = await Promise.all([
      local && linkOf(host, local.name),
      host.read('/proc/version'),
      host.read('/sys/class/dmi/id/sys_vendor'),
      host.read('/sys/class/dmi/id/product_name'),
      host.read('/.dockerenv'),
      host.read('/run/.containerenv'),
      host.read('/proc/self/net/route'),
    ]);
    return {
      interface: local?.name,
      kind: link?.kind,
      address: local?.address ?? '',
      outward: new RegExp(`^${local?.name}\\t00000000\\t`, 'm').test(routes ?? ''),
      docker: docker !== undefined || podman !== undefined,
      kubernetes: host.env.KUBERNETES_SERVICE_HOST !== undefined,
      version: version ?? '',
      machine: `${vendor?.trim() ?? ''} ${product?.trim() ?? ''}`.trim(),
    };
  },
  judge({ interface: name, kind, address, outward, docker, kubernetes, version, machine }) {
    if (name === undefined) return unseen('no-interface');
    if (kind === undefined) return unseen('not-told', name);
    const evidence = `${name}: ${kind}${machine && `; ${machine}`}${docker ? '; container' : ''}`;
    const facts = { interface: name, machine };
    if (kind === 'tailscale') return { status: 'fail', because: 'tailscale', evidence, facts };
    if (kind === 'docker') return { status: 'warn', because: 'docker', evidence, facts };
    if (!outward) return { status: 'ok', because: 'ok', evidence, facts };
    if (kubernetes) return { status: 'warn', because: 'kubernetes', evidence, facts };
    if (docker && kind === 'veth') return { status: 'warn', because: 'docker', evidence, facts };
    if (/microsoft/i.test(version)) return { status: 'warn', because: 'wsl', evidence, facts };
    if (address === '10.0.2.15') return { status: 'warn', because: 'nat', evidence, facts };
    if (clouds.test(machine) && kind === 'ethernet')
      return { status: 'warn', because: 'cloud', evidence, facts };
    return { status: 'ok', because: 'ok', evidence, facts };
  },
});
