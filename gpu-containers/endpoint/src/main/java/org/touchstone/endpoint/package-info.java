/** The container: HTTP endpoint, queue worker and model store. */
package org.touchstone.endpoint;
