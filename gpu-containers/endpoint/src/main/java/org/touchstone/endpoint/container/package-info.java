/** The container: its configuration, what it is put together from, and how it starts and drains. */
package org.touchstone.endpoint.container;
