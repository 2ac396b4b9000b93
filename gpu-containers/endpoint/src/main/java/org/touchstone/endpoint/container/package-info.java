/** The container: its configuration, its beans, and how it starts and drains. */
package org.touchstone.endpoint.container;
