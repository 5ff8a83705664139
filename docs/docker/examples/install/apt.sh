set -eu
SOURCE=${SOURCE:-https://download.docker.com}
. /etc/os-release
DISTRO=${DISTRO:-${UBUNTU_CODENAME:+ubuntu}}
DISTRO=${DISTRO:-$ID}
SUITE=${SUITE:-${UBUNTU_CODENAME:-$VERSION_CODENAME}}
KEY=/etc/apt/keyrings/docker.asc
sudo apt-get update
sudo apt-get install -y ca-certificates curl gnupg
sudo install -m 0755 -d /etc/apt/keyrings
sudo curl -fsSL "$SOURCE/linux/$DISTRO/gpg" -o "$KEY"
sudo chmod a+r "$KEY"
gpg --show-keys --with-colons "$KEY" | grep -q 9DC858229FC7DD38854AE2D88D81803C0EBFCD88 ||
    { echo "apt.sh: $KEY is not Docker's key" >&2; exit 1; }
sudo tee /etc/apt/sources.list.d/docker.sources <<END
Types: deb
URIs: $SOURCE/linux/$DISTRO
Suites: $SUITE
Components: stable
Architectures: $(dpkg --print-architecture)
Signed-By: $KEY
END
sudo apt-get update
sudo apt-get install -y docker-ce docker-ce-cli containerd.io \
    docker-buildx-plugin docker-compose-plugin
