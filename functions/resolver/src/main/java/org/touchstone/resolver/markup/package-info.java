/** Web pages and XML documents from strangers, parsed within bounds. */
package org.touchstone.resolver.markup;
