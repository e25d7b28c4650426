"""One message to the group, then every acknowledgement until 0.2 s pass without one."""
import socket
import sys

group, port, interface, message = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.settimeout(0.2)
sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(interface))
try:
    print(f'sending "{message}"', flush=True)
    sock.sendto(message.encode(), (group, port))
    while True:
        try:
            data, server = sock.recvfrom(16)
        except socket.timeout:
            print("timed out, no more responses", flush=True)
            break
        print(f'received "{data.decode()}" from {server}', flush=True)
finally:
    print("closing socket", flush=True)
    sock.close()
