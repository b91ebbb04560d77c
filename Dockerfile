# bard in a container. The first stage builds the static program, which carries Swift's libraries inside; the second has that program,
# its model, manual pages and completions, and GNU readline.
#
#   docker build --tag bard --build-arg SOURCE_DATE_EPOCH="$(git log -1 --format=%ct)" .
#   docker run --rm --interactive --tty bard repl
#   docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/texts" bard train poems.txt
#
# bard reads and writes in /texts. With --user, the files that bard writes belong to you. The image contains GNU readline, so
# anyone who passes the image on must do so under the GPL, version 3 or later: see the section on the licence in README.md.

FROM swift:6.2-bookworm AS build
RUN apt-get update \
  && apt-get install --yes --no-install-recommends libreadline-dev make \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /bard
COPY . .
# the date of the manual pages (default: the date of the build)
ARG SOURCE_DATE_EPOCH
# this image has no cc, which make uses to find readline
RUN make install CC=clang PREFIX=/opt/bard && strip /opt/bard/bin/bard

FROM debian:bookworm-slim
RUN apt-get update \
  && apt-get install --yes --no-install-recommends libreadline8 libstdc++6 \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --create-home --uid 10001 bard \
  && install --directory --owner=bard --group=bard /texts
COPY --from=build /opt/bard /usr/local
COPY LICENSE /usr/local/share/doc/bard/LICENSE
# it must find its model and every library
RUN bard generate --output - --length 1 --quiet
# the user bard, by number, so that an orchestrator can tell that it is not root
USER 10001
WORKDIR /texts
ENTRYPOINT ["bard"]
CMD ["--help"]
