/** From a post or an upload to stored media: download, spool, receive, probe and store. */
package org.touchstone.resolver.ingest;
