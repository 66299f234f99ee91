//! What the crates are made of, small enough to review. `INSTA_UPDATE=always cargo test --package
//! bindery-tests --test snapshots` accepts what has changed; the diff is for the reviewer.

use bindery_tests::crate_folder;
use bindery_tests::surface::surface;

macro_rules! surfaces {
    ($($test:ident: $package:literal),* $(,)?) => {
        $(
            #[test]
            fn $test() {
                let surface = surface(&crate_folder($package));
                insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
                    insta::assert_snapshot!(concat!("surface-", $package), surface);
                });
            }
        )*
    };
}

surfaces!(
    the_surface_of_anthropic: "bindery-anthropic",
    the_surface_of_basic: "bindery-basic",
    the_surface_of_betterstack: "bindery-betterstack",
    the_surface_of_vijil: "bindery-vijil",
    the_surface_of_the_runtime: "bindery-runtime",
);
