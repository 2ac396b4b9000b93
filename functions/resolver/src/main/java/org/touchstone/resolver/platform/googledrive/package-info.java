/** Files on Google Drive that are shared with everyone. */
package org.touchstone.resolver.platform.googledrive;
