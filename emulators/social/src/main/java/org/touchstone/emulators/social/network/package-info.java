/** What all social networks have in common: accounts, posts, and who is told of a post. */
package org.touchstone.emulators.social.network;
