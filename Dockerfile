# docker build -t termscheck . && docker run --rm -v "$PWD:/src:ro" termscheck
FROM rust:1-slim-bookworm AS build
WORKDIR /build
COPY . .
RUN cargo build --locked --profile dist --bin termscheck

FROM debian:bookworm-slim
COPY --from=build /build/target/dist/termscheck /usr/local/bin/termscheck
# Nothing is written to what is checked.
# By number: the host need not know the name.
USER 65534
WORKDIR /src
ENTRYPOINT ["termscheck"]
CMD ["."]
