/** Sign-in at an OpenID Connect provider: the code flow with PKCE, and the checks of its tokens. */
package org.touchstone.openid;
