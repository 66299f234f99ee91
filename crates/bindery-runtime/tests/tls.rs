//! Servers with TLS, whose certificates are made on the spot.

#![cfg(any(feature = "rustls", feature = "native-tls"))]

mod common;

use std::sync::Arc;

use bindery_runtime::reqwest::{Certificate, Proxy};
use bindery_runtime::{Credential, http};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;

/// What speaks TLS for a server with these protocols, and its certificate.
fn acceptor(protocols: &[&str]) -> (TlsAcceptor, Certificate) {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivatePkcs8KeyDer::from(signing_key.serialize_der());
    let mut config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key.into())
        .unwrap();
    config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
    (TlsAcceptor::from(Arc::new(config)), Certificate::from_der(cert.der()).unwrap())
}

async fn listener() -> (TcpListener, String) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    (listener, url)
}

/// Answers two connections with 204. Gives its url and its certificate.
async fn server() -> (String, Certificate) {
    let (acceptor, certificate) = acceptor(&[]);
    let (listener, url) = listener().await;
    tokio::spawn(async move {
        for _ in 0..2 {
            let (stream, _) = listener.accept().await.unwrap();
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(b"HTTP/1.1 204 Done\r\nconnection: close\r\n\r\n").await;
            let _ = stream.shutdown().await;
        }
    });
    (url, certificate)
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

/// Behind a proxy, too, TLS is with the vendor: the proxy learns where to connect, and nothing else.
#[tokio::test]
async fn a_proxy_is_no_party_to_what_passes_through_it() {
    let (url, root) = server().await;
    let (proxy, heard) = tunnel().await;
    let proxy = Proxy::https(proxy).unwrap();
    let client = common::builder(&url)
        .credential(Credential::header("x-api-key", common::SECRET))
        .configure(|http| http.tls_certs_merge([root]).proxy(proxy));
    assert_eq!(common::list(&client.build().unwrap()).await.unwrap(), None);
    let heard = heard.await.unwrap();
    let origin = url.strip_prefix("https://").unwrap();
    assert!(heard.starts_with(&format!("CONNECT {origin} HTTP/1.1\r\n")), "{heard}");
    assert!(!heard.contains(common::SECRET), "{heard}");
}

/// A proxy for one connection. Gives its url, and what it is asked before it connects.
async fn tunnel() -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = common::url(listener.local_addr().unwrap());
    let heard = tokio::spawn(async move {
        let (mut client, _) = listener.accept().await.unwrap();
        let mut head = vec![0; 4096];
        let count = client.read(&mut head).await.unwrap();
        head.truncate(count);
        let head = String::from_utf8(head).unwrap();
        let target = head.split(' ').nth(1).unwrap().to_owned();
        let mut server = TcpStream::connect(target).await.unwrap();
        client.write_all(b"HTTP/1.1 200 Go on\r\n\r\n").await.unwrap();
        tokio::spawn(async move { copy_bidirectional(&mut client, &mut server).await });
        head
    });
    (url, heard)
}

/// A server that offers both versions. Gives what was agreed on in the first connection, and the version
/// in which a request then came, if it came in HTTP/2.
async fn both() -> (String, Certificate, JoinHandle<(Option<Vec<u8>>, Option<http::Version>)>) {
    let (acceptor, certificate) = acceptor(&["h2", "http/1.1"]);
    let (listener, url) = listener().await;
    let agreed = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut stream = acceptor.accept(stream).await.unwrap();
        let agreed = stream.get_ref().1.alpn_protocol().map(<[u8]>::to_vec);
        if agreed.as_deref() != Some(b"h2") {
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(b"HTTP/1.1 204 Done\r\nconnection: close\r\n\r\n").await;
            let _ = stream.shutdown().await;
            return (agreed, None);
        }
        let mut connection = h2::server::handshake(stream).await.unwrap();
        let (request, mut respond) = connection.accept().await.unwrap().unwrap();
        let answer = http::Response::builder().status(204).body(()).unwrap();
        respond.send_response(answer, true).unwrap();
        // What was sent goes out while the connection is asked for more.
        tokio::spawn(async move { while connection.accept().await.is_some() {} });
        (agreed, Some(request.version()))
    });
    (url, certificate, agreed)
}

#[tokio::test]
async fn a_server_that_offers_http_2_gets_it_with_the_feature_alone() {
    let (url, root, agreed) = both().await;
    let client = common::builder(&url).configure(|http| http.tls_certs_merge([root]));
    assert_eq!(common::list(&client.build().unwrap()).await.unwrap(), None);
    let (agreed, version) = agreed.await.unwrap();
    let http2 = cfg!(feature = "http2");
    assert_eq!(agreed.as_deref() == Some(b"h2"), http2, "{agreed:?}");
    assert_eq!(version, http2.then_some(http::Version::HTTP_2));
}
