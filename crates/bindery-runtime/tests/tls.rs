//! A server with TLS, whose certificate is made on the spot.

#![cfg(feature = "rustls")]

mod common;

use std::sync::Arc;

use bindery_runtime::reqwest::Certificate;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;

/// Answers two connections with 204. Gives its url and its certificate.
async fn server() -> (String, Certificate) {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivatePkcs8KeyDer::from(signing_key.serialize_der());
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key.into())
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    tokio::spawn(async move {
        for _ in 0..2 {
            let (stream, _) = listener.accept().await.unwrap();
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(b"HTTP/1.1 204 Done\r\nconnection: close\r\n\r\n").await;
            let _ = stream.shutdown().await;
        }
    });
    (url, Certificate::from_der(cert.der()).unwrap())
}

#[tokio::test]
async fn a_root_of_ones_own_is_trusted_and_a_stranger_is_not() {
    let (url, root) = server().await;
    let error = common::list(&common::client(&url)).await.unwrap_err();
    // The handshake belongs to connecting: nothing of the request has been seen.
    assert!(error.is_connect(), "{error:?}");
    let client = common::builder(&url).configure(|http| http.tls_certs_merge([root]));
    assert_eq!(common::list(&client.build().unwrap()).await.unwrap(), None);
}
